using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>What a pair goes by and how far that can be trusted: in the status, in the metrics, and on the page in a real browser.</summary>
public class SkewShownTests
{
    private static readonly DateTime Start = DateTime.UtcNow;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Clocks of both eyes, the skew that their own clocks have in ms, and what is to be seen.</summary>
    public static TheoryData<ClockState, ClockState, double, double, string, string, string> Rigs => new()
    {
        { Compared(-20_000, 400), Compared(30_000, 300), -49.5, 0.5, "good", "by stamps, within 0.7 ms", "receiver's ± 0.4 ms, off by -20.0 ms" },
        { Compared(0, 4000), Compared(0, 3000), 2, 2, "fair", "by stamps, within 7.0 ms", "receiver's ± 4.0 ms, off by 0.0 ms" },
        { Compared(7_200_000_000, 100), Compared(7_200_000_000, 100), 9, 9, "static scenes only", "by stamps, within 0.2 ms", "receiver's ± 0.1 ms, off by 2 h 0 min" },
        { new(ClockSource.None, null, 5000), new(ClockSource.None, null, null), 1, 1, "good", "by stamps, clocks not compared", "its own, not compared ± 5.0 ms" },
    };

    [Theory]
    [MemberData(nameof(Rigs))]
    public async Task Both_clocks_the_skew_and_the_verdict_are_told_and_shown(ClockState left, ClockState right, double ownSkew, double skew, string verdict, string paired, string clock)
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "garden=a/0,b/0");
        using var one = await receiver.ConnectAsync();
        using var other = await receiver.ConnectAsync();
        for (ulong number = 1; number <= 4; number++)
        {
            await SendAsync(one, Frames.Left, number, 0, left);
            await SendAsync(other, Frames.Right, number, ownSkew, right);
        }
        await Until.TrueAsync(async () => Rig(await receiver.StatusAsync()).GetProperty("pairs").GetInt64() == 4);

        var told = Rig(await receiver.StatusAsync());
        Assert.Equal(("stamps", verdict), (told.GetProperty("pairedBy").GetString(), told.GetProperty("skewMs").GetProperty("verdict").GetString()));
        Assert.Equal((skew, skew), (told.GetProperty("skewMs").GetProperty("p50").GetDouble(), told.GetProperty("skewMs").GetProperty("max").GetDouble()));
        var error = left.Source == ClockSource.Receiver ? (left.ErrorMicroseconds + right.ErrorMicroseconds) / 1e3 : null;
        Assert.Equal(error, told.GetProperty("skewMs").GetProperty("errorMs").ValueKind == System.Text.Json.JsonValueKind.Null ? null : told.GetProperty("skewMs").GetProperty("errorMs").GetDouble());
        var metrics = await receiver.Web.GetStringAsync("/metrics", Token);
        Assert.Contains(FormattableString.Invariant($"\npistereolink_rig_skew_max_seconds{{rig=\"garden\"}} {skew / 1e3}\n"), metrics, StringComparison.Ordinal);
        Assert.Equal(error is not null, metrics.Contains("\npistereolink_rig_skew_error_seconds{", StringComparison.Ordinal));

        await using var browser = await Browser.OpenAsync(receiver.Web.BaseAddress!);
        await Until.TrueAsync(async () => await ShownAsync(browser, ".rig", "verdict") == verdict);
        Assert.Equal(paired, await ShownAsync(browser, ".rig", "paired"));
        Assert.Equal(FormattableString.Invariant($"{skew:0.0} / {skew:0.0} ms"), await ShownAsync(browser, ".rig", "skew"));
        Assert.Equal(clock, await ShownAsync(browser, ".camera", "clock"));
    }

    [Fact]
    public async Task Frames_without_a_stamp_are_shown_as_paired_by_arrival()
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "r=legacy-127-0-0-2/0,legacy-127-0-0-3/0");
        using var senders = new PacedSenders(receiver, ("127.0.0.2", Pictures.Skeleton()), ("127.0.0.3", Pictures.Skeleton()));
        await senders.StartAsync();
        await using var browser = await Browser.OpenAsync(receiver.Web.BaseAddress!);
        await Until.TrueAsync(async () => await ShownAsync(browser, ".rig", "paired") == "by time of arrival");
        Assert.Equal("–", await ShownAsync(browser, ".camera", "clock"));
    }

    private static async Task<string?> ShownAsync(Browser browser, string tile, string field) =>
        (await browser.EvaluateAsync($"document.querySelector('article{tile} [data-field={field}]')?.textContent ?? null"))?.GetValue<string>();

    private static ClockState Compared(long offset, long error) => new(ClockSource.Receiver, offset, error);

    private static async Task SendAsync(Socket socket, CameraName camera, ulong number, double own, ClockState clock)
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(Pictures.Skeleton());
        var captured = Start.AddTicks(-(Start.Ticks % TimeSpan.TicksPerMicrosecond)).AddMilliseconds(100 * number + own);
        using var stamped = StampWriter.Write(buffer, new Stamp { Camera = camera, Identity = new FrameIdentity(1, 1, number), CapturedAt = captured, Clock = clock });
        await socket.SendAsync(stamped.Framed, Token);
    }

    private static System.Text.Json.JsonElement Rig(System.Text.Json.JsonElement status) => status.GetProperty("rigs")[0];
}
