using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PiStereoLink.Benchmarks;

/// <summary>The receiver among peers that mean it ill: what the good ones keep, and what the others can make it hold.</summary>
internal static class HostileCommand
{
    public const string Name = "hostile";

    private const int Stalled = 500, Streams = 8, FramesPerSecond = 20, Declaring = 1000;
    private const double KeptPercent = 99, MoreMegabytes = 128;

    private const string Usage = $"""
        Usage: ./pistereolink bench hostile [--seconds N] [--json]
          --seconds  how long each part goes on (default 20)
        500 peers that stall beside 8 good streams, then 1,000 that declare 32 MiB and send what is taken.
        Exit code 1 when the good streams keep less than 99 % of their frames, or the receiver takes more than 128 MB.
        Example: ./pistereolink bench hostile --seconds 60
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var (seconds, json) = (20, false);
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--help" or "-h": await Console.Error.WriteLineAsync(Usage); return 0;
                case "--json": json = true; break;
                case "--seconds" when i + 1 < args.Length && int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds > 0: break;
                default: await Console.Error.WriteLineAsync($"'{args[i]}' is not understood.\n{Usage}"); return 2;
            }
        var time = TimeSpan.FromSeconds(seconds);
        var (kept, due) = await StalledAsync(time);
        var percent = 100.0 * kept / due;
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Stalled} stalled peers beside {Streams} streams of {FramesPerSecond} frames/s: {kept} of {due} frames came, {percent:0.00} % (at least {KeptPercent} %)"));
        var (before, peak) = await DeclaringAsync(time);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Declaring} peers that declare 32 MiB and send what is taken: {before:0} MB before, {peak:0} MB at most, {peak - before:0} MB more (at most {MoreMegabytes} MB)"));
        if (json)
            Console.WriteLine(new JsonObject
            {
                [Name] = new JsonObject { ["framesDue"] = due, ["framesKept"] = kept, ["keptPercent"] = percent, ["megabytesBefore"] = before, ["megabytesPeak"] = peak, ["megabytesMore"] = peak - before },
            }.ToJsonString(JsonSerializerOptions.Default));
        return percent >= KeptPercent && peak - before <= MoreMegabytes ? 0 : 1;
    }

    private static async Task<(long Kept, long Due)> StalledAsync(TimeSpan time)
    {
        using var receiver = await MeasuredReceiver.StartAsync();
        using var stalled = new HostilePeers(receiver.Port);
        await stalled.StallAsync(Stalled);
        var sent = await Task.WhenAll(Enumerable.Range(1, Streams).Select(i => GoodStream.SendAsync(receiver.Port, $"127.0.2.{i}", FramesPerSecond, time)));
        // What a stream could not send in its time is as lost as what did not arrive.
        var due = (long)(Streams * FramesPerSecond * time.TotalSeconds);
        while (await receiver.FramesAsync("legacy-127-0-2-") < sent.Sum())
            await Task.Delay(50);
        return (sent.Sum(), due);
    }

    private static async Task<(double Before, double Peak)> DeclaringAsync(TimeSpan time)
    {
        using var receiver = await MeasuredReceiver.StartAsync();
        await GoodStream.SendAsync(receiver.Port, "127.0.2.1", FramesPerSecond, TimeSpan.FromSeconds(2));      // compiled and warm
        var before = receiver.Process.PeakMegabytes;
        using var peers = new HostilePeers(receiver.Port);
        await peers.DeclareAsync(Declaring, time);
        return (before, receiver.Process.PeakMegabytes);
    }
}
