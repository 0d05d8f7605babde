using System.Net.Sockets;
using System.Text;

namespace PiStereoLink.Tests.Receiver;

/// <summary>What must be refused is refused in one sentence; the receiver and the other streams go on.</summary>
public class BadInputTests
{
    private static readonly byte[] Good = Pictures.Skeleton();

    public static TheoryData<string, byte[], string> Strangers => new()
    {
        { "a length of 4 GB", [0xFF, 0xFF, 0xFF, 0xFF], "Length: Frame length 4294967295 is outside 2..33554432." },
        { "an HTTP request", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "(an HTTP request: the pages are on the web port)" },
        { "an empty picture", [0, 0, 0, 0], "sent no frame: the length 0, which an empty picture has too, ends the stream." },
        { "a TLS hello", [0x16, 0x03, 0x01, 0x01, 0x00, 0x01, 0x00, 0x00], "(a TLS hello: this port takes plain frames)" },
        { "a cut header", [0x10, 0x00], "Truncated: The stream ended 2 bytes into" },
        { "a cut payload", [.. Pieces.Framed(Good).AsSpan(0, 50)], "Truncated: The stream ended after 46 of a frame's" },
    };

    public static TheoryData<string, byte[], string> BadPictures => new()
    {
        { "204 bytes that claim 32767x32767", Pictures.Skeleton(32767, 32767, entropyBytes: 170), "it declares 32767x32767 pixels, over the limit of 100 megapixels" },
        { "5,000 scans", Pictures.Skeleton(sof: 0xC2, scans: 5000, entropyBytes: 8), "it has more than 100 scans" },
        { "a truncated picture", Good[..^40], "it ends before its end marker (truncated)" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_stranger_is_closed_with_one_sentence_and_other_streams_go_on(string what, byte[] bytes, string sentence)
    {
        await using var receiver = await RunningReceiver.StartAsync();
        using var friend = await receiver.ConnectAsync("127.0.0.2");
        await friend.SendAsync(Pieces.Framed(Good), TestContext.Current.CancellationToken);

        Assert.Empty(await receiver.ExchangeAsync(bytes, "127.0.0.3"));

        await Until.TrueAsync(() => Task.FromResult(receiver.LogLines.Any(line => line.StartsWith("Warning", StringComparison.Ordinal))));
        var warning = Assert.Single(receiver.LogLines, line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
        Assert.True(warning.Contains(sentence, StringComparison.Ordinal), $"{what}: {warning}");
        await StillSends(receiver, friend);
    }

    [Theory]
    [MemberData(nameof(BadPictures))]
    public async Task A_picture_no_decoder_may_see_is_refused_and_its_connection_goes_on(string what, byte[] jpeg, string sentence)
    {
        await using var receiver = await RunningReceiver.StartAsync();
        Assert.Empty(await receiver.ExchangeAsync([.. Pieces.Framed(Good, jpeg, Good), 0, 0, 0, 0], "127.0.0.3"));
        var camera = await receiver.CameraAsync("legacy-127-0-0-3/0");
        Assert.Equal((2, 1), (camera.GetProperty("frames").GetInt64(), camera.GetProperty("dropped").GetProperty("bad-jpeg").GetInt64()));
        var warning = Assert.Single(receiver.LogLines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.True(warning.Contains(sentence, StringComparison.Ordinal), $"{what}: {warning}");
    }

    [Fact]
    public async Task Real_damaged_pictures_are_refused_or_shown_and_never_fatal()
    {
        Assert.SkipWhen(Pictures.DataFolder is null, "the folder ../shared/data with real pictures is not here");
        await using var receiver = await RunningReceiver.StartAsync(rigs: "r=legacy-127-0-0-4/0,legacy-127-0-0-5/0");
        // Somebody watches, so that what passes the check meets the decoder.
        var watching = receiver.Web.GetAsync("/rigs/r/disparity.mjpg", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Pictures.DataFolder!, "jpeg"), "*.jpg", SearchOption.AllDirectories))
        {
            var jpeg = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            if (jpeg.Length < 2)
                continue;
            await Task.WhenAll(receiver.ExchangeAsync(Pieces.Framed(jpeg), "127.0.0.4"), receiver.ExchangeAsync(Pieces.Framed(jpeg), "127.0.0.5"));
        }
        using var friend = await receiver.ConnectAsync("127.0.0.2");
        await StillSends(receiver, friend);
        (await watching).Dispose();
        Assert.DoesNotContain(receiver.LogLines, line => line.StartsWith("Critical", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static async Task StillSends(RunningReceiver receiver, Socket friend)
    {
        await friend.SendAsync(Pieces.Framed(Good), TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("cameras").EnumerateArray()
            .Any(camera => camera.GetProperty("name").GetString() == "legacy-127-0-0-2/0" && camera.GetProperty("frames").GetInt64() >= 1));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await receiver.Web.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
    }
}
