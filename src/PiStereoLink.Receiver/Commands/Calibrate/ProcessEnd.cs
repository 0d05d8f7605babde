using System.Runtime.InteropServices;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>The end of a process whose work cannot be called back: a search for a board, a solution, a read from a disk that does not answer.</summary>
internal static partial class ProcessEnd
{
    /// <summary>
    /// Ends this process and does not return. An ordinary end first takes OpenCV's tables down while another thread may still work with them:
    /// "pure virtual method called", exit code 134, or a segmentation fault, one time in three. What was written to stdout and stderr is out.
    /// </summary>
    /// <param name="exitCode">What the process answers.</param>
    public static void Now(int exitCode)
    {
        if (!OperatingSystem.IsWindows())
            Exit(exitCode);
        Environment.Exit(exitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int exitCode);
}
