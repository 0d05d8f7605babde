namespace PiStereoLink.Benchmarks;

/// <summary>One question: how much does a piece of work cost us, and how much its peers, in the same run.</summary>
internal abstract class Benchmark
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The question in a sentence.</summary>
    public abstract string Question { get; }

    /// <summary>What is compared; the first is ours. A peer that is not installed is left out, and said.</summary>
    public abstract IEnumerable<Contestant> Contestants();
}

/// <summary>Somebody who does the work.</summary>
/// <param name="Name">Who.</param>
/// <param name="WhyNot">Why this one cannot take part here, or null.</param>
/// <param name="RoundAsync">Does the work once.</param>
internal sealed record Contestant(string Name, string? WhyNot, Func<Task<Figures>> RoundAsync);

/// <summary>What one round cost.</summary>
/// <param name="CpuMillisecondsPerFrame">User and system time of the process measured.</param>
/// <param name="PeakMegabytes">Its largest resident size.</param>
/// <param name="Frames">Pictures in the round.</param>
internal sealed record Figures(double CpuMillisecondsPerFrame, double PeakMegabytes, long Frames);
