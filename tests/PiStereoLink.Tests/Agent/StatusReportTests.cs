using System.Text.Json;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Agent;

/// <summary>What the agent tells while it runs.</summary>
public class StatusReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("always")]
    [InlineData("auto")]
    [InlineData("off")]
    public async Task Every_report_adds_up_while_the_network_breaks_and_the_last_is_the_agents_last_line(string spool)
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        await using var receiver = await RunningReceiver.StartAsync(Path.Combine(folder.Root, "store"));
        await using var network = new FaultProxy(receiver.FramePort, random => new LinkFault(LinkFaultKind.Reset) { AfterBytes = random.Next(50_000, 100_000) });
        await using var agent = folder.Run(network.EndPoint.Port, "--spool", spool, "--report", "0.02");
        var path = Path.Combine(folder.State, "status.json");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(path)));

        var seen = new HashSet<string>();
        Report last = null!;
        await Until.TrueAsync(async () =>
        {
            var text = await File.ReadAllTextAsync(path, Token);        // whole at any time
            last = JsonSerializer.Deserialize<Report>(text, JsonSerializerOptions.Web)!;
            AddsUp(last);
            seen.Add(text);
            return network.Struck >= 3 && last.Acked >= 50;
        });
        Assert.True(seen.Count >= 20, $"{seen.Count} different reports");
        Assert.Equal("receiver", last.Clock.Source);
        Assert.InRange(last.Clock.ErrorMs!.Value, Math.Abs(last.Clock.OffsetMs!.Value), 1000);
        Assert.True(spool == "off" ? last.SpoolFilesWritten == 0 : last.SpoolBytesWritten > 2000 * last.SpoolFilesWritten);

        var tally = await agent.StopsAsync();
        last = JsonSerializer.Deserialize<Report>(await File.ReadAllTextAsync(path, Token), JsonSerializerOptions.Web)!;
        AddsUp(last);
        Assert.Equal((tally.SpooledAtStart, tally.Captured, tally.Acked, tally.Unconfirmed, tally.Spooled, tally.InFlight),
            (last.SpooledAtStart, last.Captured, last.Acked, last.Unconfirmed, last.Spooled, last.InFlight));
        Assert.Equal(tally.Dropped, last.Dropped);
    }

    [Fact]
    public async Task Without_a_receiver_what_is_on_disk_is_told_as_spooled()
    {
        using var folder = new CameraFolder();
        folder.Camera([.. Enumerable.Range(1, 20).Select(number => Pictures.Skeleton(entropyBytes: 100 + number))]);
        await using var agent = folder.Run(FreePort.Take(), "--spool", "always", "--report", "0.02", "--drain", "0");
        var path = Path.Combine(folder.State, "status.json");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(path)));
        await Until.TrueAsync(async () => JsonSerializer.Deserialize<Report>(await File.ReadAllTextAsync(path, Token), JsonSerializerOptions.Web) is { Captured: 20, Spooled: 20, InFlight: 0, SpoolFilesWritten: 20 });
        await agent.StopsAsync();
    }

    private static void AddsUp(Report report)
    {
        Assert.Equal(report.SpooledAtStart + report.Captured, report.Acked + report.Unconfirmed + report.Spooled + report.InFlight + report.Dropped.Values.Sum());
        Assert.All(new[] { report.SpooledAtStart, report.Captured, report.Acked, report.Unconfirmed, report.Spooled, report.InFlight }, count => Assert.True(count >= 0));
    }

    private sealed record ReportedClock(string Source, double? OffsetMs, double? ErrorMs);

    private sealed record Report(long Run, double UptimeSeconds, long SpooledAtStart, long Captured, long Acked, long Unconfirmed, long Spooled, long InFlight,
        Dictionary<string, long> Dropped, ReportedClock Clock, long SpoolBytesWritten, long SpoolFilesWritten);
}
