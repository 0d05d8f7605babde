using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Receiver;

public class WebTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_multipart_with_the_pictures_as_sent()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        using var sender = await receiver.ConnectAsync();
        byte[][] jpegs = [Pictures.Skeleton(entropyBytes: 10), Pictures.Skeleton(entropyBytes: 20)];
        await sender.SendAsync(Pieces.Framed(jpegs[0]), Token);
        await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("cameras").GetArrayLength() == 1);

        using var answer = await receiver.Web.GetAsync("/cameras/legacy-127-0-0-1/0/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("multipart/x-mixed-replace", answer.Content.Headers.ContentType!.MediaType);
        var boundary = "--" + answer.Content.Headers.ContentType.Parameters.Single(parameter => parameter.Name == "boundary").Value;
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        Assert.Equal(boundary, await ReadLine(body));
        foreach (var jpeg in jpegs)
        {
            Assert.Equal("Content-Type: image/jpeg", await ReadLine(body));
            Assert.Equal($"Content-Length: {jpeg.Length}", await ReadLine(body));
            Assert.Matches(@"^X-Capture-Time: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", await ReadLine(body));
            Assert.Equal("", await ReadLine(body));
            var picture = new byte[jpeg.Length];
            await body.ReadExactlyAsync(picture, Token);
            Assert.Equal(jpeg, picture);
            Assert.Equal("", await ReadLine(body));
            Assert.Equal(boundary, await ReadLine(body));      // the part is closed before the next picture exists
            await sender.SendAsync(Pieces.Framed(jpegs[1]), Token);
        }
    }

    [Fact]
    public async Task What_does_not_exist_is_said_with_what_does()
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "garden=a/0,b/0");
        Assert.Contains("There is no camera x/0. Known: a/0, b/0.", await Text("/cameras/x/0/snapshot.jpg", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("Camera a/0 has sent no picture yet.", await Text("/cameras/a/0/snapshot.jpg", HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Contains("There is no rig x. Known: garden.", await Text("/rigs/x/disparity.png", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("had no pair within 2 s: a/0 has never connected and b/0 has never connected.", await Text("/rigs/garden/disparity.png", HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Contains("Rig garden has no calibration", await Text("/rigs/garden/cloud.ply", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("Rig garden has no calibration", await Text("/rigs/garden/calibration", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("range '3' is not NEAR:FAR", await Text("/rigs/garden/cloud.ply?range=3", HttpStatusCode.BadRequest), StringComparison.Ordinal);

        async Task<string> Text(string path, HttpStatusCode code)
        {
            var answer = await receiver.Web.GetAsync(path, Token);
            Assert.Equal(code, answer.StatusCode);
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("detail").GetString()!;
        }
    }

    [Fact]
    public async Task The_page_its_files_and_the_metrics_are_there_with_a_strict_policy()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        foreach (var (path, type) in new[] { ("/", "text/html"), ("/page.css", "text/css"), ("/page.js", "text/javascript"), ("/icon.svg", "image/svg+xml"), ("/metrics", "text/plain"), ("/readyz", "text/plain") })
        {
            var answer = await receiver.Web.GetAsync(path, Token);
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
        Assert.Contains("\npistereolink_uptime_seconds ", await receiver.Web.GetStringAsync("/metrics", Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("192.0.2.7", HttpStatusCode.MisdirectedRequest)]      // no key: this machine only
    [InlineData("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    public async Task A_name_that_is_not_this_machines_is_refused(string host, HttpStatusCode code)
    {
        await using var receiver = await RunningReceiver.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status") { Headers = { Host = host } };
        Assert.Equal(code, (await receiver.Web.SendAsync(request, Token)).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    [InlineData("/cameras/x/0/snapshot.jpg")]
    [InlineData("/nowhere")]
    public async Task No_other_site_may_read_an_answer_whatever_it_is(string path)
    {
        await using var receiver = await RunningReceiver.StartAsync();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Origin", "http://evil.example");
            request.Headers.Add("Access-Control-Request-Method", "GET");
            using var answer = await receiver.Web.SendAsync(request, Token);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_can_be_asked_for_but_to_read()
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "r=a/0,b/0");
        foreach (var path in new[] { "/", "/api/status", "/metrics", "/cameras/a/0/snapshot.jpg", "/rigs/r/disparity.png" })
            foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            {
                using var answer = await receiver.Web.SendAsync(new HttpRequestMessage(method, path), Token);
                Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            }
    }

    [Fact]
    public async Task A_rig_works_only_while_somebody_watches()
    {
        await using var receiver = await RunningReceiver.StartAsync(rigs: "r=legacy-127-0-0-2/0,legacy-127-0-0-3/0");
        var picture = Pictures.Real("jpeg/rgb.jpg");
        using var senders = new PacedSenders(receiver, ("127.0.0.2", picture), ("127.0.0.3", picture));
        await senders.StartAsync();
        await Until.TrueAsync(async () => Rig(await receiver.StatusAsync()).GetProperty("pairs").GetInt64() >= 5);
        Assert.Equal(0, Rig(await receiver.StatusAsync()).GetProperty("depthFrames").GetInt64());

        using var answer = await DisparityAsync(receiver, "r");
        Assert.True(long.Parse(answer.Headers.GetValues("X-Pair-Sequence").Single(), System.Globalization.CultureInfo.InvariantCulture) > 0);
        await Until.TrueAsync(async () => Rig(await receiver.StatusAsync()).GetProperty("watchers").GetInt32() == 0);
        var after = Rig(await receiver.StatusAsync());
        var worked = after.GetProperty("depthFrames").GetInt64();
        Assert.True(worked >= 1);
        JsonElement later = default;
        await Until.TrueAsync(async () => (later = Rig(await receiver.StatusAsync())).GetProperty("pairs").GetInt64() >= after.GetProperty("pairs").GetInt64() + 5);
        Assert.InRange(later.GetProperty("depthFrames").GetInt64(), worked, worked + 1);        // one was under way
    }

    [Fact]
    public async Task Teddy_from_two_recipe_senders_scores_as_OpenCVs_own_matcher_does()
    {
        Assert.SkipWhen(Pictures.DataFolder is null, "the folder ../shared/data with real pictures is not here");
        var teddy = Path.Combine(Pictures.DataFolder!, "middlebury-teddy");
        using var left = Cv2.ImRead(Path.Combine(teddy, "im2.png"));
        using var right = Cv2.ImRead(Path.Combine(teddy, "im6.png"));
        var jpegs = new[] { left, right }.Select(picture => picture.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 95))).ToArray();

        await using var receiver = await RunningReceiver.StartAsync(rigs: "teddy=legacy-127-0-0-2/0,legacy-127-0-0-3/0");
        using var senders = new PacedSenders(receiver, ("127.0.0.2", jpegs[0]), ("127.0.0.3", jpegs[1]));
        await senders.StartAsync();
        using var answer = await DisparityAsync(receiver, "teddy");
        var png = await answer.Content.ReadAsByteArrayAsync(Token);

        var truth = FloatPicture.Read(Path.Combine(teddy, "disp2.png"), scale: 4);
        var ours = DisparityScore.Evaluate(DisparityPng.Read(png, "disparity.png"), truth);
        var opencv = DisparityScore.Evaluate(BlogsMatcher(jpegs), truth);
        Assert.Equal(opencv.Density, ours.Density, 0.5);
        Assert.Equal(opencv.Bad2!.Value, ours.Bad2!.Value, 0.5);
        Assert.InRange(ours.Density, 50, 60);
    }

    /// <summary>The newest disparity, asked for until there is one: on a busy machine that takes longer than one answer may.</summary>
    private static async Task<HttpResponseMessage> DisparityAsync(RunningReceiver receiver, string rig)
    {
        HttpResponseMessage? answer = null;
        await Until.TrueAsync(async () =>
        {
            answer?.Dispose();
            answer = await receiver.Web.GetAsync($"/rigs/{rig}/disparity.png", Token);
            return answer.IsSuccessStatusCode;
        });
        return answer!;
    }

    /// <summary>Decode in colour, turn grey, match: the blog's way, by direct calls.</summary>
    private static FloatPicture BlogsMatcher(byte[][] jpegs)
    {
        using var left = Cv2.ImDecode(jpegs[0], ImreadModes.Color);
        using var right = Cv2.ImDecode(jpegs[1], ImreadModes.Color);
        Cv2.CvtColor(left, left, ColorConversionCodes.BGR2GRAY);
        Cv2.CvtColor(right, right, ColorConversionCodes.BGR2GRAY);
        using var matcher = StereoBM.Create(128, 21);
        (matcher.MinDisparity, matcher.SpeckleRange, matcher.SpeckleWindowSize) = (4, 16, 45);
        using var disparity = new Mat();
        matcher.Compute(left, right, disparity);
        var values = new float[disparity.Rows * disparity.Cols];
        for (int y = 0, rows = disparity.Rows; y < rows; y++)
            for (var x = 0; x < disparity.Cols; x++)
                values[y * disparity.Cols + x] = disparity.At<short>(y, x) is >= 4 * 16 and var d ? d / 16f : float.PositiveInfinity;
        return new FloatPicture(disparity.Cols, disparity.Rows, values);
    }

    private static JsonElement Rig(JsonElement status) => status.GetProperty("rigs")[0];

    private static async Task<string> ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, Token);
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}
