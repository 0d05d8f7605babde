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

/// <summary>What one round showed. The first figure is the one that contestants are compared by; less is better.</summary>
/// <param name="Values">The figures, in the order in which they are printed.</param>
/// <param name="Pictures">Pictures, or shots, in the round.</param>
internal sealed record Figures(long Pictures, params Figure[] Values)
{
    /// <summary>User and system time of the process measured, for one picture.</summary>
    public static Figure Cpu(double milliseconds) => new("cpuMsPerFrame", "ms CPU a frame", milliseconds);

    /// <summary>The process's largest resident size.</summary>
    public static Figure Peak(double megabytes) => new("peakMb", "MB", megabytes);
}

/// <summary>One figure of a round.</summary>
/// <param name="Name">What it is called in JSON.</param>
/// <param name="Unit">What stands behind it on a terminal.</param>
internal readonly record struct Figure(string Name, string Unit, double Value);
