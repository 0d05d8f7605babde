using System.Diagnostics;

namespace PiStereoLink.Benchmarks;

/// <summary>What an acknowledgement costs and how long it takes: every frame is on disk before it, file and folder synced.</summary>
/// <param name="name">What it is called on the command line.</param>
/// <param name="connections">Cameras at a time.</param>
/// <param name="perSecond">Frames a second of each; null for flat out, with 16 frames under way.</param>
internal sealed class AcksBenchmark(string name, int connections, int? perSecond = null) : Benchmark
{
    private const int FrameBytes = 63_000;

    /// <summary>Another build's receiver program, to be compared with this one.</summary>
    private const string OtherReceiver = "PISTEREOLINK_BENCH_OTHER_RECEIVER";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2), Measured = TimeSpan.FromSeconds(5);

    public override string Name => name;

    public override string Question => $"How long does the acknowledgement of a 63 kB frame take, and what does it cost, from {(connections == 1 ? "one connection" : $"{connections} connections")} {(perSecond is { } rate ? $"at {rate} frames/s" : "with 16 frames under way")}?";

    public override IEnumerable<Contestant> Contestants()
    {
        yield return new Contestant("receiver --store", null, () => RoundAsync(null, stores: true));
        var other = Environment.GetEnvironmentVariable(OtherReceiver);
        yield return new Contestant("another build --store", other is null ? $"{OtherReceiver} names none" : null, () => RoundAsync(other, stores: true));
        yield return new Contestant("receiver, no store", null, () => RoundAsync(null, stores: false));
    }

    private async Task<Figures> RoundAsync(string? program, bool stores)
    {
        using var receiver = await MeasuredReceiver.StartAsync(program, stores ? ["--store", NewStore()] : []);
        return await MeasureAsync(receiver, stores);
    }

    /// <summary>
    /// A new folder, deleted when this program ends and not before: for some minutes ext4 looks around every inode that was deleted whenever it
    /// needs a new one, and the next round would be charged for this one's.
    /// </summary>
    private static string NewStore()
    {
        var store = Directory.CreateTempSubdirectory("psl-bench-store-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.Delete(recursive: true);
        return store.FullName;
    }

    private async Task<Figures> MeasureAsync(MeasuredReceiver receiver, bool stores)
    {
        var jpeg = TypicalJpeg.Of(FrameBytes);
        var senders = Enumerable.Range(0, connections).Select(number => new WindowedSender(number, jpeg)).ToList();
        using var stop = new CancellationTokenSource();
        var sending = Task.WhenAll(senders.Select(sender => Task.Run(() => sender.RunAsync(receiver.Port, stores, perSecond, stop.Token))));
        await Task.Delay(WarmUp);
        var (began, frames, cpu) = (Stopwatch.GetTimestamp(), await receiver.FramesAsync("bench-"), receiver.Process.CpuMilliseconds);
        await Task.Delay(Measured);
        (frames, cpu) = (await receiver.FramesAsync("bench-") - frames, receiver.Process.CpuMilliseconds - cpu);
        var ended = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await sending;
        var answers = senders.SelectMany(sender => sender.Answers).Where(answer => answer.At >= began && answer.At < ended).Select(answer => answer.Milliseconds).Order().ToArray();
        senders.ForEach(sender => sender.Dispose());
        return new Figures(frames,
            new Figure("answerP50Ms", "ms p50", answers[answers.Length / 2]),
            new Figure("answerP99Ms", "ms p99", answers[answers.Length * 99 / 100]),
            new Figure("fps", "frames/s", frames / Stopwatch.GetElapsedTime(began, ended).TotalSeconds),
            Figures.Cpu(cpu / frames), Figures.Peak(receiver.Process.PeakMegabytes));
    }
}
