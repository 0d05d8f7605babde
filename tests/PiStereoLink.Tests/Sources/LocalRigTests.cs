using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Sources;

/// <summary>Sources of this machine from end to end: films in the devices' place, the whole receiver, disparity by HTTP.</summary>
public sealed class LocalRigTests : IAsyncDisposable
{
    private readonly SourceRun run = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => run.DisposeAsync();

    [Fact]
    public async Task Two_films_are_a_rig_with_the_right_disparity()
    {
        await run.StartAsync($"elp:{run.Film("l.avi", FlatScene.Left())},{run.Film("r.avi", FlatScene.Right())}");
        await CheckDisparityAsync();
        var camera = await run.Receiver.CameraAsync("desk/left");
        Assert.Equal(("this machine", 320, 240), (camera.GetProperty("protection").GetString(), camera.GetProperty("width").GetInt32(), camera.GetProperty("height").GetInt32()));
        // A film that is over is played again after a pause.
        await Until.TrueAsync(async () => (await run.Receiver.CameraAsync("desk/left")).GetProperty("connected").GetBoolean());
        Assert.Equal((0, 0), SourceRun.Unpaired(await run.PairsAsync(20)));
    }

    [Fact]
    public async Task Swapped_they_are_when_that_is_said()
    {
        await run.StartAsync($"elp:{run.Film("l.avi", FlatScene.Right())},{run.Film("r.avi", FlatScene.Left())}+swap");
        await CheckDisparityAsync();
    }

    [Fact]
    public async Task A_film_with_two_halves_is_a_rig_of_exactly_one_moment()
    {
        await run.StartAsync($"sbs:{run.Film("both.avi", FlatScene.SideBySide())}");
        await CheckDisparityAsync();
        var rig = await run.PairsAsync(3);
        Assert.Equal("stamps", rig.GetProperty("pairedBy").GetString());
        Assert.Equal((0, 0), (rig.GetProperty("skewMs").GetProperty("max").GetDouble(), rig.GetProperty("skewMs").GetProperty("errorMs").GetDouble()));
    }

    [Fact]
    public async Task A_frame_of_a_PS4_camera_has_the_right_camera_first()
    {
        await run.StartAsync($"ps4:{run.Film("ps4.avi", FlatScene.Ps4Frame(), 20)}");
        await CheckDisparityAsync();
        Assert.Equal(640, (await run.Receiver.CameraAsync("desk/right")).GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task A_stream_from_the_network_is_cut_in_two()
    {
        await run.StartAsync("sbs:pi:legacy-127-0-0-1/0");
        using var socket = await run.Receiver.ConnectAsync();
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sender = SendAsync(socket, FlatScene.SideBySide(), sending.Token);
        await CheckDisparityAsync();
        await sending.CancelAsync();
        await sender;
    }

    [Fact]
    public async Task The_middle_of_each_picture_can_be_kept()
    {
        await run.StartAsync($"elp:{run.Film("l.avi", FlatScene.Left())},{run.Film("r.avi", FlatScene.Right())}+crop=240x200");
        await CheckDisparityAsync();
        using var answer = await run.Receiver.Web.GetAsync("/cameras/desk/right/snapshot.jpg", Token);
        var scan = JpegScanner.Check(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal((240, 200), (scan.Width, scan.Height));
    }

    [Fact]
    public async Task The_rendered_rig_needs_no_agents()
    {
        await run.StartAsync("sim:+size=320x240+fps=20");
        await run.PairsAsync(10);
        Assert.Equal(320, (await run.Receiver.CameraAsync("desk/right")).GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task What_ends_or_is_unplugged_comes_back()
    {
        await run.StartAsync($"elp:{run.Path("l.avi")},{run.Path("r.avi")}");
        await run.SaysAsync("l.avi is not there: a video device or a film is needed. Trying again in 1 s (time 1 in a row");
        run.Film("l.avi", FlatScene.Left(), 5);
        run.Film("r.avi", FlatScene.Right(), 5);
        await run.SaysAsync("l.avi has ended after 5 pictures.");
        await run.PairsAsync(10);       // two runs of it
    }

    [Fact]
    public async Task Local_pictures_are_kept_too()
    {
        await run.StartAsync($"sbs:{run.Film("both.avi", FlatScene.SideBySide())}", run.Path("store"));
        await run.PairsAsync(3);
        foreach (var eye in new[] { "left", "right" })
            await Until.TrueAsync(() => Task.FromResult(Directory.Exists(run.Path($"store/desk/{eye}")) && Directory.EnumerateFiles(run.Path($"store/desk/{eye}"), "*.jpg", SearchOption.AllDirectories).Any()));
    }

    [Theory]
    [InlineData("ps4", "The frame is 320x240; the layout ps4-sensor takes 3448x808, 1748x408, 898x200.")]
    [InlineData("elp", "+crop=9999x10 does not fit into the camera's 320x240.")]
    public async Task A_size_that_does_not_fit_is_said(string kind, string sentence)
    {
        var film = run.Film("one.avi", FlatScene.Left());
        await run.StartAsync(kind == "elp" ? $"elp:{film},{run.Film("two.avi", FlatScene.Right())}+crop=9999x10" : $"ps4:{film}");
        await run.SaysAsync(sentence);
    }

    [Fact]
    public async Task A_file_that_is_no_film_is_said()
    {
        await File.WriteAllTextAsync(run.Path("no.avi"), "no film", Token);
        await run.StartAsync($"sbs:{run.Path("no.avi")}");
        await run.SaysAsync("no.avi is no film that can be read here.");
    }

    private async Task CheckDisparityAsync()
    {
        var (right, known) = await run.DisparityAsync();
        Assert.True(right > 0.98, $"{right:P1} of {known} pixels are right");
        Assert.True(known > 10_000, $"only {known} pixels have a disparity");
    }

    private static async Task SendAsync(Socket socket, byte[] jpeg, CancellationToken stopping)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        byte[] framed = [.. BitConverter.GetBytes(jpeg.Length), .. jpeg];
        try
        {
            while (await pace.WaitForNextTickAsync(stopping))
                for (var sent = 0; sent < framed.Length;)
                    sent += await socket.SendAsync(framed.AsMemory(sent), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The test has seen enough.
        }
    }
}
