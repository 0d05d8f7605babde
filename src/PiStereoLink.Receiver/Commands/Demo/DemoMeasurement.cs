using System.Diagnostics;
using System.Globalization;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Depth;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Demo;

/// <summary>Watches a rig, counts, and compares its depth with the truth that the simulated camera writes for every 10th frame.</summary>
internal sealed class DemoMeasurement(Rig rig, string truthFolder) : IDisposable
{
    /// <summary>The truth of a frame is on the disk by then, or never comes.</summary>
    private static readonly TimeSpan PatienceForTruth = TimeSpan.FromSeconds(1);

    private readonly IDisposable watch = rig.Watch();
    private readonly Queue<(RigDepth Depth, long SeenAt)> waiting = new();
    private readonly List<DepthError> errors = [];
    private long pairs;
    private long firstAt;
    private long lastAt;

    /// <summary>Measures for the time given from the first depth on. Null when it went well, else the reason why there was no depth.</summary>
    public async Task<string?> RunAsync(TimeSpan? duration, TimeSpan patience, Task<string> failed, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        end.CancelAfter(patience);
        _ = failed.ContinueWith(_ => end.Cancel(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            for (var seen = 0L; ;)
            {
                (var depth, seen) = await rig.Depth.NextAsync(seen, end.Token);
                lastAt = Stopwatch.GetTimestamp();
                if (pairs++ == 0)
                {
                    firstAt = lastAt;
                    end.CancelAfter(duration ?? Timeout.InfiniteTimeSpan);
                }
                waiting.Enqueue((depth, lastAt));
                CheckThoseWithTruth();
                Progress();
            }
        }
        catch (OperationCanceledException)
        {
            return failed.IsCompleted ? await failed
                : pairs == 0 && !stopping.IsCancellationRequested ? $"no pair came within {patience.TotalSeconds:0} s."
                : null;
        }
        finally
        {
            if (Console.IsErrorRedirected is false)
                await Console.Error.WriteLineAsync();
        }
    }

    public DemoResult Result(string url)
    {
        CheckThoseWithTruth();
        var elapsed = Stopwatch.GetElapsedTime(firstAt, lastAt).TotalSeconds;
        return new DemoResult(
            rig.Left.Frames + rig.Right.Frames, pairs, pairs > 1 ? Math.Round((pairs - 1) / elapsed, 2) : 0,
            rig.LatencyMilliseconds.Percentile(0.5), rig.LatencyMilliseconds.Percentile(0.99),
            Median(errors.Select(error => error.MedianRelativePercent)), Median(errors.Select(error => (double?)error.DensityPercent / 100)), url);
    }

    public void Dispose() => watch.Dispose();

    private void CheckThoseWithTruth()
    {
        while (waiting.TryPeek(out var oldest))
        {
            var file = Path.Combine(truthFolder, string.Create(CultureInfo.InvariantCulture, $"left-{Stamp.ToMicroseconds(oldest.Depth.CameraTime)}.pfm"));
            if (File.Exists(file))
                errors.Add(DepthTruth.Compare(oldest.Depth.Frame.Disparity, rig.Calibration!, Pfm.Read(file)));
            else if (Stopwatch.GetElapsedTime(oldest.SeenAt) < PatienceForTruth)
                return;
            waiting.Dequeue();
        }
    }

    private void Progress()
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture,
                $"\r{pairs,6} pairs  {rig.DepthRate.PerSecond,5:0.0} /s  {rig.LatencyMilliseconds.Percentile(0.5),4:0} ms  depth error {errors.LastOrDefault()?.MedianRelativePercent,5:0.00} % "));
    }

    private static double? Median(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }
}
