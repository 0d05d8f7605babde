using System.Diagnostics;
using PiStereoLink.Agent;

namespace PiStereoLink.Benchmarks;

/// <summary>300 shots, 100 ms apart, on the real clock: how far from its time does each begin?</summary>
internal sealed class TimelapseBenchmark : Benchmark
{
    private const int Shots = 300;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>What a shot takes the camera; the waiting must not be moved by it.</summary>
    private static readonly TimeSpan Exposure = TimeSpan.FromMilliseconds(20);

    public override string Name => "timelapse";

    public override string Question => "How far from its place on the grid does a shot begin, 300 shots 100 ms apart?";

    public override IEnumerable<Contestant> Contestants()
    {
        yield return new Contestant("the agent's grid", null, GridAsync);
        yield return new Contestant("a pause after each", null, PausesAsync);
    }

    private static async Task<Figures> GridAsync()
    {
        var grid = new ShotGrid(TimeProvider.System, Interval, aligned: false);
        return await MeasureAsync(() => grid.NextAsync(CancellationToken.None));
    }

    /// <summary>The usual loop, and what camera programs do that begin to count when a picture is done.</summary>
    private static async Task<Figures> PausesAsync() => await MeasureAsync(() => Task.Delay(Interval));

    private static async Task<Figures> MeasureAsync(Func<Task> next)
    {
        var errors = new double[Shots];
        await next();
        var start = Stopwatch.GetTimestamp();
        for (var shot = 1; shot <= Shots; shot++)
        {
            await Task.Delay(Exposure);
            await next();
            errors[shot - 1] = Math.Abs((Stopwatch.GetElapsedTime(start) - shot * Interval).TotalMilliseconds);
        }
        Array.Sort(errors);
        return new Figures(Shots,
            new Figure("gridErrorMsP99", "ms off, p99", errors[(int)(0.99 * Shots)]),
            new Figure("gridErrorMsP50", "ms off, p50", errors[Shots / 2]),
            new Figure("gridErrorMsMax", "ms off at most", errors[^1]));
    }
}
