using System.Runtime.InteropServices;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>How a run of cases went.</summary>
/// <param name="SlowestMilliseconds">Processor time of the slowest case.</param>
/// <param name="SlowestSeed">Which one that was.</param>
/// <param name="Milliseconds">Processor time of them all.</param>
internal readonly record struct FuzzReport(long Cases, double SlowestMilliseconds, ulong SlowestSeed, double Milliseconds)
{
    public static FuzzReport operator +(FuzzReport a, FuzzReport b) =>
        (a.SlowestMilliseconds >= b.SlowestMilliseconds ? a : b) with { Cases = a.Cases + b.Cases, Milliseconds = a.Milliseconds + b.Milliseconds };
}

/// <summary>Tries case after case. The first that fails, or that takes too long, ends it with its seed and its bytes.</summary>
internal static partial class FuzzRun
{
    /// <summary>More processor time than this for one case is a failure.</summary>
    public const double LimitMilliseconds = 100;

    private const int ThreadCpuTime = 3;        // CLOCK_THREAD_CPUTIME_ID of Linux

    public static FuzzReport Run(FuzzTarget target, ulong firstSeed, long cases)
    {
        var report = new FuzzReport();
        for (var seed = firstSeed; report.Cases < cases; seed++)
        {
            var taken = Try(target, seed);
            // A collection, or code compiled for the first time, is no fault of the case: it must be slow again and again.
            for (var again = 0; again < 3 && taken > LimitMilliseconds / 100; again++)
                taken = Math.Min(taken, Try(target, seed));
            if (taken > LimitMilliseconds)
                throw Failed(target, seed, $"It took {taken:0} ms of processor time, over the limit of {LimitMilliseconds} ms.");
            report += new FuzzReport(1, taken, seed, taken);
        }
        return report;
    }

    private static double Try(FuzzTarget target, ulong seed)
    {
        var start = ThreadMilliseconds();
        try
        {
            target.Try(seed);
        }
        catch (Exception e)
        {
            throw Failed(target, seed, $"{e.GetType().Name}: {e.Message}", e);
        }
        return ThreadMilliseconds() - start;
    }

    private static FuzzException Failed(FuzzTarget target, ulong seed, string what, Exception? inner = null) => new(
        $"{target.Name}, seed {seed}: {what}\nAgain: ./pistereolink bench fuzz --target {target.Name} --seed {seed} --cases 1\n{target.Bytes.Length} bytes: {Convert.ToHexString(target.Bytes.Span)}", inner);

    /// <summary>Processor time of this thread; where the system does not tell, the time by the clock.</summary>
    private static double ThreadMilliseconds() =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuTime, out var time) == 0 ? time.Seconds * 1e3 + time.Nanoseconds / 1e6 : TimeProvider.System.GetTimestamp() * 1e3 / TimeProvider.System.TimestampFrequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly nint Seconds, Nanoseconds;
    }
}
