using System.Globalization;
using System.Text.Json;
using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.EndToEnd;

/// <summary>The main job, watched with the programs that people use.</summary>
public class SimulatedPairTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Depth_is_right_to_the_centimetre_and_every_answer_says_which_pair_it_is()
    {
        await using var pair = await SimulatedPair.StartAsync();
        await pair.PairsAsync(1);
        var calibration = StereoCalibration.Load(Path.Combine(pair.TruthFolder, "rig.npz"));

        // Every 10th frame has its truth; ask until an answer is one of those.
        DepthError? error = null;
        await Until.TrueAsync(async () =>
        {
            using var answer = await pair.Receiver.Web.GetAsync("/rigs/sim/disparity.png", Token);
            var capturedAt = DateTime.Parse(answer.Headers.GetValues("X-Camera-Time").Single(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            var truth = Path.Combine(pair.TruthFolder, $"left-{Stamp.ToMicroseconds(capturedAt)}.pfm");
            if (!File.Exists(truth))
                return false;
            var px = DisparityPng.Read(await answer.Content.ReadAsByteArrayAsync(Token), "disparity.png");
            error = DepthTruth.Compare(ToMap(px), calibration, Pfm.Read(truth));
            return true;
        });
        Assert.InRange(error!.MedianRelativePercent!.Value, 0.01, 1.0);
        Assert.InRange(error.DensityPercent, 55, 80);

        // Both eyes see the same instant; each agent finds the receiver's clock for itself.
        JsonElement skewError = default;
        await Until.TrueAsync(async () => (skewError = (await pair.Receiver.StatusAsync()).GetProperty("rigs")[0].GetProperty("skewMs").GetProperty("errorMs")).ValueKind == JsonValueKind.Number);
        Assert.InRange(skewError.GetDouble(), 0.001, 1000);
        var cloud = await pair.Receiver.Web.GetByteArrayAsync("/rigs/sim/cloud.ply?range=0.5:4", Token);
        Assert.StartsWith("ply\nformat binary_little_endian 1.0\n", System.Text.Encoding.ASCII.GetString(cloud, 0, 60), StringComparison.Ordinal);
        Assert.InRange(cloud.Length, 100_000 * 15, 640 * 480 * 15);
        using var described = JsonDocument.Parse(await pair.Receiver.Web.GetStringAsync("/rigs/sim/calibration", Token));
        Assert.Equal(0.12, described.RootElement.GetProperty("baselineMetres").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task Exiftool_reads_the_stamp_with_microseconds()
    {
        await using var pair = await SimulatedPair.StartAsync();
        await pair.PairsAsync(1);
        using var answer = await pair.Receiver.Web.GetAsync("/cameras/left/0/snapshot.jpg", Token);
        var file = Path.Combine(pair.TruthFolder, "snapshot.jpg");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync(Token), Token);

        var read = await Tool.RunInstalledAsync("exiftool", "-s", "-SubSecDateTimeOriginal", "-SerialNumber", "-ImageUniqueID", "-UserComment", "-Warning", file);

        var expected = answer.Headers.GetValues("X-Camera-Time").Single().Replace('-', ':').Replace('T', ' ').Replace("Z", "+00:00", StringComparison.Ordinal);
        Assert.Matches($@"SubSecDateTimeOriginal\s+: {expected.Replace("+", @"\+", StringComparison.Ordinal)}", read.Output);
        Assert.Matches(@"SerialNumber\s+: left/0", read.Output);
        Assert.Matches(@"ImageUniqueID\s+: [0-9a-f]{32}", read.Output);
        Assert.Matches(@"UserComment\s+: \{""v"":1,""node"":""left"",""cam"":""0"",""run"":1,""seq"":\d+,", read.Output);
        Assert.DoesNotContain("Warning", read.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cameras/left/0/stream.mjpg")]
    [InlineData("/rigs/sim/disparity.mjpg")]
    public async Task Ffmpeg_plays_the_streams(string path)
    {
        await using var pair = await SimulatedPair.StartAsync();
        await pair.PairsAsync(1);
        var played = await Tool.RunInstalledAsync("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-i", $"{pair.Receiver.Web.BaseAddress}{path[1..]}", "-frames:v", "10", "-f", "framemd5", "-");
        Assert.Equal(0, played.ExitCode);
        var pictures = played.Output.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim()).ToArray();
        Assert.Equal(10, pictures.Length);
        Assert.InRange(pictures.Distinct().Count(), 9, 10);      // it moves
    }

    [Fact]
    public async Task A_browser_shows_moving_pictures_and_the_disparity_in_colour()
    {
        await using var pair = await SimulatedPair.StartAsync();
        await pair.PairsAsync(1);
        await using var browser = await Browser.OpenAsync(pair.Receiver.Web.BaseAddress!);
        // Three pictures: the rig's disparity and both cameras, all decoded by the browser.
        await Until.TrueAsync(async () => (await browser.EvaluateAsync(
            "[...document.images].filter(i => i.src.includes('.mjpg') && i.naturalWidth === 640).length"))!.GetValue<int>() == 3);
        // Its size is known before a picture is painted.
        byte[] first = [], second = [];
        await Until.TrueAsync(async () => Colourful(first = await browser.ScreenshotAsync()) >= 0.05);
        await Until.TrueAsync(async () => RowsThatDiffer(first, second = await browser.ScreenshotAsync()) > 50);
        if (Environment.GetEnvironmentVariable("PISTEREOLINK_KEEP_SCREENSHOT") is { Length: > 0 } file)
            await File.WriteAllBytesAsync(file, second, Token);
    }

    private static int RowsThatDiffer(byte[] one, byte[] other)
    {
        using var first = Mat.ImDecode(one);
        using var second = Mat.ImDecode(other);
        return Enumerable.Range(0, first.Rows).Count(y => !first.RowSpan<Vec3b>(y).SequenceEqual(second.RowSpan<Vec3b>(y)));
    }

    /// <summary>The share of its pixels that have a colour.</summary>
    private static double Colourful(byte[] screenshot)
    {
        using var picture = Mat.ImDecode(screenshot);
        long found = 0;
        for (int y = 0, rows = picture.Rows; y < rows; y++)
            foreach (var pixel in picture.RowSpan<Vec3b>(y))
                found += Math.Max(pixel.Item0, Math.Max(pixel.Item1, pixel.Item2)) - Math.Min(pixel.Item0, Math.Min(pixel.Item1, pixel.Item2)) > 100 ? 1 : 0;
        return (double)found / (picture.Rows * picture.Cols);
    }

    private static DisparityMap ToMap(FloatPicture px)
    {
        var parameters = new StereoBmParameters();
        var none = (short)((parameters.MinDisparity - 1) * DisparityMap.Scale);
        var values = new short[px.Width * px.Height];
        for (var i = 0; i < values.Length; i++)
            values[i] = FloatPicture.HasValue(px.Values[i]) ? (short)MathF.Round(px.Values[i] * DisparityMap.Scale) : none;
        return new DisparityMap(px.Width, px.Height, values, parameters.MinDisparity, parameters.NumDisparities);
    }
}
