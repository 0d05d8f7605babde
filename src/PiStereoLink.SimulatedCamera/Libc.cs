using System.Runtime.InteropServices;

namespace PiStereoLink.SimulatedCamera;

/// <summary>The ways to meet a signal, and to die, that .NET does not offer.</summary>
internal static class Libc
{
    public const int Sigint = 2, Sigusr1 = 10, Sigusr2 = 12, Sigpipe = 13, Sigterm = 15;

    private const nint Default = 0, Ignore = 1;
    private const int SetDumpable = 4;

    /// <summary>From here on a signal kills at once, nothing flushed, as it kills a program that does not catch it.</summary>
    public static void LetSignalKill(int number) => _ = signal(number, Default);

    /// <summary>From here on a signal does nothing.</summary>
    public static void IgnoreSignal(int number) => _ = signal(number, Ignore);

    /// <summary>Dies as std::terminate does: SIGABRT, which a shell shows as 134. Leaves no core file behind.</summary>
    public static void Abort()
    {
        _ = prctl(SetDumpable, 0, 0, 0, 0);
        abort();
    }

    /// <summary>Ends at once, from any thread.</summary>
    public static void Exit(int code) => _exit(code);

    [DllImport("libc", ExactSpelling = true)]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int prctl(int option, nuint two, nuint three, nuint four, nuint five);

    [DllImport("libc", ExactSpelling = true)]
    private static extern void abort();

    [DllImport("libc", ExactSpelling = true)]
    private static extern void _exit(int code);
}
