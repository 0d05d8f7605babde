using System.Runtime.InteropServices;

namespace PiStereoLink.SimulatedCamera;

/// <summary>The ways to die that .NET does not offer.</summary>
internal static class Libc
{
    private const int Sigterm = 15;
    private const int SetDumpable = 4;

    /// <summary>From here on SIGTERM kills at once, nothing flushed: the camera programs do not catch it.</summary>
    public static void DieOfSigterm() => _ = signal(Sigterm, 0);

    /// <summary>Dies as std::terminate does: SIGABRT, which a shell shows as 134. Leaves no core file behind.</summary>
    public static void Abort()
    {
        _ = prctl(SetDumpable, 0, 0, 0, 0);
        abort();
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int prctl(int option, nuint two, nuint three, nuint four, nuint five);

    [DllImport("libc", ExactSpelling = true)]
    private static extern void abort();
}
