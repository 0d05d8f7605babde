using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using PiStereoLink.Receiver.Remote;
using PiStereoLink.Tests.EndToEnd;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Remote;

/// <summary>Depth at another desk: disparities come over a WebSocket, points are made there.</summary>
public class RemoteDepthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_points_are_those_of_the_same_two_pictures_worked_through_here()
    {
        await using var pair = await SimulatedPair.StartAsync(stores: true);
        await pair.PairsAsync(1);
        using var receiver = new RemoteReceiver($"{pair.Receiver.Web.BaseAddress}");
        var rig = await receiver.RigAsync("sim", Token);

        var came = new List<RemoteDisparity>();
        await foreach (var disparity in receiver.SubscribeAsync("sim", every: 3, withPicture: true, Token))
        {
            came.Add(disparity);
            if (came.Count == 3)
                break;
        }

        Assert.All(came.Zip(came.Skip(1)), two => Assert.True(two.Second.Header.Sequence >= two.First.Header.Sequence + 3));
        using var pipeline = new DepthPipeline(StereoCalibration.Load(Path.Combine(pair.TruthFolder, "rig.npz")));
        foreach (var disparity in came)
        {
            var (left, right) = await StoredAsync(pair, disparity.Header.CaptureTime);
            var here = pipeline.Process(left, right).ToPointCloud(0.5, 4);
            var there = disparity.ToPointCloud(rig, 0.5, 4);
            Assert.InRange(here.Points.Length, 100_000, 640 * 480);
            Assert.Equal(here.ToPly(), there.ToPly());
        }
    }

    [Fact]
    public async Task Files_are_kept_whole_and_named_by_their_time_of_capture()
    {
        await using var pair = await SimulatedPair.StartAsync();
        using var receiver = new RemoteReceiver($"{pair.Receiver.Web.BaseAddress}");
        var folder = Path.Combine(pair.TruthFolder, "points");
        var made = new List<int>();

        var count = await new RemotePointClouds(receiver, new RemoteRequest("sim", 1, 0.2, 7.5, folder, SaveDisparity: true, SavePointCloud: true, Count: 2))
            .RunAsync((_, points) => made.Add(points), Token);

        Assert.Equal((2, 2), (count, made.Count));
        var files = Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z-(cloud\.ply|disparity\.png)$", file));
        var cloud = await File.ReadAllBytesAsync(Path.Combine(folder, files.First(file => file!.EndsWith(".ply", StringComparison.Ordinal))!), Token);
        Assert.Contains($"element vertex {made[0]}\n", System.Text.Encoding.ASCII.GetString(cloud, 0, 200), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garden", "There is no rig garden. Known: bare.")]
    [InlineData("bare", "Rig bare has no calibration. Start the receiver with --rig bare=left/0,right/0,FILE.npz.")]
    public async Task What_the_receiver_refuses_is_said_in_its_own_words(string rig, string sentence)
    {
        await using var running = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        using var receiver = new RemoteReceiver($"{running.Web.BaseAddress}");
        var refused = await Assert.ThrowsAsync<IOException>(() => receiver.RigAsync(rig, Token));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?every=0", HttpStatusCode.BadRequest, "every '0' is not a number of pairs")]
    [InlineData("?picture=right", HttpStatusCode.BadRequest, "picture 'right' is not known")]
    [InlineData("?every=5", HttpStatusCode.UpgradeRequired, "This address is a subscription")]
    public async Task A_request_that_is_no_subscription_is_told_what_one_is(string query, HttpStatusCode status, string sentence)
    {
        await using var running = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        using var answer = await running.Web.GetAsync("/rigs/bare/disparity" + query, Token);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_not_subscribe()
    {
        await using var running = await RunningReceiver.StartAsync(rigs: "bare=left/0,right/0");
        var url = new UriBuilder(running.Web.BaseAddress!) { Scheme = "ws", Path = "/rigs/bare/disparity" }.Uri;
        using var foreign = new ClientWebSocket();
        foreign.Options.SetRequestHeader("Origin", "http://elsewhere.example");
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(url, Token));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode == 0 ? HttpStatusCode.Forbidden : foreign.HttpStatusCode);
        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Origin", running.Web.BaseAddress!.GetLeftPart(UriPartial.Authority));
        await own.ConnectAsync(url, Token);
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task A_receiver_that_stops_ends_the_subscription_in_a_sentence_and_one_that_is_not_there_is_named()
    {
        await using var pair = await SimulatedPair.StartAsync();
        using var receiver = new RemoteReceiver($"{pair.Receiver.Web.BaseAddress}");
        var first = new TaskCompletionSource();
        var running = new RemotePointClouds(receiver, new RemoteRequest("sim", 1, 0.2, 7.5, "", SaveDisparity: false, SavePointCloud: false, Count: null))
            .RunAsync((_, _) => first.TrySetResult(), Token);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await pair.Receiver.StopAsync();
        Assert.StartsWith("The receiver has ended the subscription after ", (await Assert.ThrowsAsync<IOException>(() => running)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"The receiver at {pair.Receiver.Web.BaseAddress} cannot be asked: ", (await Assert.ThrowsAsync<IOException>(() => receiver.RigAsync("sim", Token))).Message, StringComparison.Ordinal);
    }

    /// <summary>The two pictures in the store with this time of capture; each Pi knows the receiver's clock for itself, so the right one's may be off by a little.</summary>
    private static async Task<(byte[] Left, byte[] Right)> StoredAsync(SimulatedPair pair, string captureTime)
    {
        var time = DateTime.Parse(captureTime, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        async Task<byte[]> OfAsync(string eye)
        {
            string? found = null;
            await Until.TrueAsync(() => Task.FromResult((found = StoredPictures(pair, eye).FirstOrDefault(file => (TimeOf(file) - time).Duration() < TimeSpan.FromMilliseconds(40))) is not null));
            return await File.ReadAllBytesAsync(found!, Token);
        }
        return (await OfAsync("left"), await OfAsync("right"));
    }

    private static string[] StoredPictures(SimulatedPair pair, string eye) =>
        Path.Combine(pair.StoreFolder, eye) is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories) : [];

    private static DateTime TimeOf(string file) => DateTime.ParseExact(
        $"{Path.GetFileName(Path.GetDirectoryName(file))} {Path.GetFileName(file)[..14]}", "yyyy-MM-dd HHmmss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
