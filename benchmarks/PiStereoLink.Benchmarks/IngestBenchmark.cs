using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PiStereoLink.Benchmarks;

/// <summary>Frames flat out over some connections: what one costs the receiver, structure check included.</summary>
/// <param name="name">What it is called on the command line.</param>
/// <param name="connections">Senders at a time.</param>
/// <param name="kilobytes">Size of a frame.</param>
/// <param name="styles">Those of the recipe's receiver that can do it.</param>
internal sealed partial class IngestBenchmark(string name, int connections, int kilobytes, params string[] styles) : Benchmark
{
    private const string Seconds = "4";

    public override string Name => name;

    public override string Question => $"What does a {kilobytes} kB frame cost the receiver, from {(connections == 1 ? "one connection" : $"{connections} connections")} flat out?";

    public override IEnumerable<Contestant> Contestants()
    {
        var sender = Places.Peer("replay_sender.py");
        var why = sender is null ? "its sender is a peer, and the peers are not beside the repository" : null;
        yield return new Contestant("receiver", why, () => ReceiverAsync(sender!));
        foreach (var style in styles)
            yield return new Contestant($"recipe, {style}", why, () => RecipeAsync(sender!, style));
    }

    private async Task<Figures> ReceiverAsync(string sender)
    {
        using var receiver = await MeasuredReceiver.StartAsync("--max-connections-per-address", "2000");
        await SendAsync(sender, receiver.Port, connections);       // compiled for what is to come: Python has nothing to compile
        await receiver.QuietAsync();
        var garbage = await receiver.GarbageAsync();
        var before = receiver.Process.CpuMilliseconds;
        var began = Stopwatch.GetTimestamp();
        var frames = await SendAsync(sender, receiver.Port, connections);
        var left = await receiver.GarbageAsync();                   // asking makes garbage: once, before the asking whether all is in
        await receiver.QuietAsync();
        var told = Told(frames, receiver.Process.CpuMilliseconds - before, Stopwatch.GetElapsedTime(began), receiver.Process.PeakMegabytes);
        return told with
        {
            Values = [.. told.Values, new Figure("garbageBytesPerFrame", "bytes of garbage a frame", (left.Bytes - garbage.Bytes) / frames),
                new Figure("fullCollections", "full collections", left.FullCollections - garbage.FullCollections)],
        };
    }

    private async Task<Figures> RecipeAsync(string sender, string style)
    {
        using var recipe = new MeasuredProcess("/usr/bin/python3", [Places.Peer("recipe_receiver.py")!, "--work", "sink", "--style", style, "--conns", $"{connections}"]);
        var port = JsonDocument.Parse(await recipe.FirstLine.Task).RootElement.GetProperty("port").GetInt32();
        var began = Stopwatch.GetTimestamp();
        var (cpu, peak, sending) = (0.0, 0.0, SendAsync(sender, port, connections));
        // It ends by itself with its last connection; read its figures until then.
        while (Read(recipe) is { } now)
        {
            (cpu, peak) = now;
            await Task.Delay(20);
        }
        return Told(await sending, cpu, Stopwatch.GetElapsedTime(began), peak);
    }

    private static Figures Told(long frames, double cpuMilliseconds, TimeSpan took, double peakMegabytes) =>
        new(frames, Figures.Cpu(cpuMilliseconds / frames), new Figure("fps", "frames/s", frames / took.TotalSeconds), Figures.Peak(peakMegabytes));

    private static (double Cpu, double Peak)? Read(MeasuredProcess process)
    {
        try
        {
            return (process.CpuMilliseconds, process.PeakMegabytes);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<long> SendAsync(string sender, int port, int from)
    {
        var jpeg = Path.Combine(Path.GetTempPath(), $"psl-bench-{Environment.ProcessId}.jpg");
        await File.WriteAllBytesAsync(jpeg, TypicalJpeg.Of(kilobytes * 1000));
        try
        {
            using var process = new MeasuredProcess("/usr/bin/python3", [sender, "--port", $"{port}", "--jpeg", jpeg, "--conns", $"{from}", "--seconds", Seconds]);
            var line = await process.FirstLine.Task;
            await process.ExitAsync();
            return long.Parse(SentFrames().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(jpeg);
        }
    }

    [GeneratedRegex(@"sent (\d+) frames")]
    private static partial Regex SentFrames();
}
