using System.Runtime.InteropServices;

namespace PiStereoLink.Agent;

/// <summary>The few kernel calls that .NET has no name for. Numbers are Linux's, the same on arm, arm64 and x64.</summary>
internal static partial class Native
{
    public const int SigInt = 2;
    public const int SigKill = 9;

    private const int SetPipeSize = 1031;       // F_SETPIPE_SZ
    private const int SetFlags = 4;             // F_SETFL
    private const int NonBlocking = 0x800;      // O_NONBLOCK
    private const int NothingThere = 11;        // EAGAIN
    private const short PollIn = 1;
    private const int Interrupted = 4;          // EINTR

    private struct PollFile
    {
        public int File;
        public short Events;
        public short Came;
    }

    /// <summary>Sends a signal to a process, or to a process group when <paramref name="pid"/> is negative.</summary>
    /// <returns>False when there is nobody to receive it.</returns>
    public static bool Signal(int pid, int signal) => Kill(pid, signal) == 0;

    /// <summary>
    /// A shell starts background jobs with SIGINT ignored, and a camera program would inherit that: it could then only be killed,
    /// not stopped in order. Call this before anybody handles signals.
    /// </summary>
    public static void StopIgnoringInterrupt()
    {
        const string status = "/proc/self/status";
        var ignored = !File.Exists(status) ? null : File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        if (ignored is not null && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & (1UL << (SigInt - 1))) != 0)
            SetHandler(SigInt, IntPtr.Zero);
    }

    /// <summary>Makes a pipe larger. A refusal is fine: the pipe works at any size.</summary>
    public static void TryGrowPipe(SafeHandle pipe, int bytes) => _ = Fcntl(pipe, SetPipeSize, bytes);

    /// <summary>Lets reads of this end of a pipe return at once. The other end has flags of its own.</summary>
    public static void NeverBlock(SafeHandle pipe) => _ = Fcntl(pipe, SetFlags, NonBlocking);

    /// <summary>Waits until a file has bytes to read or has ended; false when it has not within that time.</summary>
    public static bool WaitToRead(SafeHandle file, TimeSpan patience)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            var wait = new PollFile { File = (int)file.DangerousGetHandle(), Events = PollIn };
            return Poll(ref wait, 1, (int)Math.Ceiling(patience.TotalMilliseconds)) > 0;
        }
        finally
        {
            if (added)
                file.DangerousRelease();
        }
    }

    /// <summary>Reads what there is, at least a byte; 0 at the end; null when nothing is there and the file never blocks.</summary>
    public static int? Read(SafeHandle file, Span<byte> into)
    {
        while (true)
        {
            var count = (int)Read(file, ref MemoryMarshal.GetReference(into), into.Length);
            if (count >= 0)
                return count;
            var error = Marshal.GetLastPInvokeError();
            if (error == NothingThere)
                return null;
            if (error != Interrupted)
                throw new IOException($"A pipe cannot be read: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    public static bool CanReadAndWrite(string path)
    {
        const int ReadAndWrite = 6;     // R_OK | W_OK
        return Access(path, ReadAndWrite) == 0;
    }

    /// <summary>Whether a time server, or somebody else who knows the time, has set the kernel's clock. Asks only.</summary>
    public static bool ClockIsSet()
    {
        const int Unset = 5;            // TIME_ERROR
        Span<byte> timex = stackalloc byte[512];        // 208 bytes are the largest on any machine; modes 0 changes nothing
        return AdjustTime(ref MemoryMarshal.GetReference(timex)) != Unset;
    }

    /// <summary>Bytes that a TCP socket was given and the other end has not confirmed; null where the kernel does not tell.</summary>
    public static long? Undelivered(SafeHandle socket)
    {
        const nuint Queued = 0x5411;    // SIOCOUTQ
        return OperatingSystem.IsLinux() && Ioctl(socket, Queued, out var bytes) == 0 ? bytes : null;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeHandle file, nuint request, out int value);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime(ref byte timex);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial IntPtr SetHandler(int signal, IntPtr handler);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollFile files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle file, ref byte into, nint length);
}
