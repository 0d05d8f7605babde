using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary>What the stages of a pair cost, each the median over the repeats, ms.</summary>
internal sealed record StageMilliseconds(double Decode, double Rectify, double Match, double Total);

/// <summary>Works one pair through again and again, to tell what it costs.</summary>
internal sealed class Repeats
{
    private const int Most = 100_000;

    private readonly List<StageTimings> timings = [];
    private readonly List<double?> cpuMilliseconds = [];

    /// <summary>How many are counted.</summary>
    public int Count => timings.Count;

    public StageMilliseconds MedianMs => new(
        Middle(time => time.Decode), Middle(time => time.Rectify), Middle(time => time.Match), Middle(time => time.Total));

    /// <summary>Processor time of this whole process per pair, the median over the repeats.</summary>
    public double CpuMsPerPair => Round(Median.Of(cpuMilliseconds)!.Value);

    /// <summary>Runs <paramref name="count"/> times, and once before that is not counted if there are several: the first one compiles.</summary>
    /// <returns>The last frame.</returns>
    public DepthFrame Run(DepthPipeline pipeline, byte[] left, byte[] right, int count)
    {
        PlainValues.Within(count, 1, Most, "--repeat");
        if (count > 1)
            pipeline.Process(left, right);
        while (true)
        {
            var before = Environment.CpuUsage.TotalTime;
            var frame = pipeline.Process(left, right);
            cpuMilliseconds.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            timings.Add(frame.Timings);
            if (Count == count)
                return frame;
        }
    }

    /// <summary>Microseconds are kept.</summary>
    public static double Round(double milliseconds) => Math.Round(milliseconds, 3);

    private double Middle(Func<StageTimings, TimeSpan> stage) => Round(Median.Of(timings.Select(time => (double?)stage(time).TotalMilliseconds))!.Value);
}
