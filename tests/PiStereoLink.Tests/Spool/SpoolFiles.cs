using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Spool;

/// <summary>The spool of camera garden/0 in a test's state folder.</summary>
internal static class SpoolFiles
{
    public static string Of(CameraFolder folder) => Path.Combine(folder.State, "spool", "garden", "0");

    public static string[] Waiting(CameraFolder folder) => List(Of(folder));

    public static string[] Refused(CameraFolder folder) => List(Path.Combine(Of(folder), "refused"));

    private static string[] List(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
