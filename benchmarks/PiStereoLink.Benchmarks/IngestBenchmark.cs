using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PiStereoLink.Benchmarks;

/// <summary>Frames of about 63 kB from 64 connections, flat out: what one costs the receiver, structure check included.</summary>
internal sealed partial class IngestBenchmark : Benchmark
{
    private const string Connections = "64", Seconds = "4";

    public override string Name => "ingest";

    public override string Question => "What does a 63 kB frame cost the receiver, from 64 connections flat out?";

    public override IEnumerable<Contestant> Contestants()
    {
        var sender = Places.Peer("replay_sender.py");
        var why = sender is null ? "its sender is a peer, and the peers are not beside the repository" : null;
        yield return new Contestant("receiver", why, () => ReceiverAsync(sender!));
        foreach (var style in new[] { "threads", "asyncio" })
            yield return new Contestant($"recipe, {style}", why, () => RecipeAsync(sender!, style));
    }

    private static async Task<Figures> ReceiverAsync(string sender)
    {
        var folder = Directory.CreateTempSubdirectory("psl-bench-");
        var receiver = new MeasuredProcess(Places.Program("PiStereoLink.Receiver"),
            ["serve", "--listen", "127.0.0.1:0", "--web", "127.0.0.1:0", "--state", folder.FullName]);
        try
        {
            var state = Path.Combine(folder.FullName, "receiver.json");
            while (!File.Exists(state))
                await Task.Delay(20);
            var running = JsonDocument.Parse(await File.ReadAllTextAsync(state)).RootElement;
            using var web = new HttpClient { BaseAddress = new Uri(running.GetProperty("web").GetString()!) };
            await SendAsync(sender, PortOf(running.GetProperty("frames").GetString()!), "1");       // compiled and warm
            var before = receiver.CpuMilliseconds;
            var frames = await SendAsync(sender, PortOf(running.GetProperty("frames").GetString()!), Connections);
            // What was sent is not yet read: wait until the receiver has counted it.
            while ((await web.GetFromJsonAsync<JsonElement>("/api/status")).GetProperty("cameras").EnumerateArray().Any(camera => camera.GetProperty("connected").GetBoolean()))
                await Task.Delay(20);
            return new Figures(frames, Figures.Cpu((receiver.CpuMilliseconds - before) / frames), Figures.Peak(receiver.PeakMegabytes));
        }
        finally
        {
            receiver.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Figures> RecipeAsync(string sender, string style)
    {
        using var recipe = new MeasuredProcess("/usr/bin/python3", [Places.Peer("recipe_receiver.py")!, "--work", "sink", "--style", style, "--conns", Connections]);
        var port = JsonDocument.Parse(await recipe.FirstLine.Task).RootElement.GetProperty("port").GetInt32();
        var (cpu, peak, sending) = (0.0, 0.0, SendAsync(sender, port, Connections));
        // It ends by itself with its last connection; read its figures until then.
        while (!sending.IsCompleted)
        {
            (cpu, peak) = Read(recipe) ?? (cpu, peak);
            await Task.Delay(20);
        }
        var frames = await sending;
        return new Figures(frames, Figures.Cpu(cpu / frames), Figures.Peak(peak));
    }

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

    private static int PortOf(string endPoint) => int.Parse(endPoint[(endPoint.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    private static async Task<long> SendAsync(string sender, int port, string connections)
    {
        var jpeg = Path.Combine(Path.GetTempPath(), $"psl-bench-{Environment.ProcessId}.jpg");
        await File.WriteAllBytesAsync(jpeg, TypicalJpeg());
        try
        {
            using var process = new MeasuredProcess("/usr/bin/python3", [sender, "--port", $"{port}", "--jpeg", jpeg, "--conns", connections, "--seconds", Seconds]);
            var line = await process.FirstLine.Task;
            await process.ExitAsync();
            return long.Parse(SentFrames().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(jpeg);
        }
    }

    /// <summary>A whole JPEG of 63 kB by its markers, with as many FF 00 in its scan as a camera's picture has.</summary>
    private static byte[] TypicalJpeg()
    {
        var random = new Random(1);
        List<byte> jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 1, 0xE0, 2, 0x80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];
        while (jpeg.Count < 63_000)
        {
            var value = (byte)random.Next(256);
            jpeg.Add(value);
            if (value == 0xFF)
                jpeg.Add(0);
        }
        jpeg.AddRange([0xFF, 0xD9]);
        return [.. jpeg];
    }

    [GeneratedRegex(@"sent (\d+) frames")]
    private static partial Regex SentFrames();
}
