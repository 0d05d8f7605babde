using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>The real agent, a camera program that is a script, and a receiver as plain as the recipe's.</summary>
public class SendingTests
{
    private static byte[] Numbered(int number) => Pictures.Skeleton(entropyBytes: 100 + 10 * number);

    [Fact]
    public async Task Pictures_arrive_byte_true_and_stamped()
    {
        using var folder = new CameraFolder();
        byte[][] taken = [Numbered(1), Numbered(2), Pictures.Skeleton(entropyBytes: 900_000), Numbered(3)];
        folder.Camera(taken);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--drain", "1");
        using var stream = await receiver.AcceptAsync();

        var got = await stream.ReadAsync(taken.Length);

        Assert.Equal(taken, got.Select(Stamped.Without));
        Assert.Equal([1UL, 2, 3, 4], got.Select(Stamped.Sequence));
        var stamp = Stamped.Of(got[0]);
        Assert.Equal(new CameraName("garden", "0"), stamp.Camera);
        Assert.Equal(1u, stamp.Identity.Run);
        Assert.Equal(FrameIdentity.SourceOf(await File.ReadAllTextAsync(Path.Combine(folder.State, "install-id"), TestContext.Current.CancellationToken), stamp.Camera), stamp.Identity.Source);
        Assert.InRange(stamp.CapturedAt, DateTime.UtcNow.AddMinutes(-2), DateTime.UtcNow);
        Assert.Equal(4, (await agent.StopsAsync()).Unconfirmed);
    }

    [Fact]
    public async Task The_whole_stream_is_length_and_picture_for_each_frame_and_then_0()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1), Numbered(2), Numbered(3));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--peer", "recipe");
        using var stream = await receiver.AcceptAsync();
        var got = await stream.ReadAsync(3);

        agent.Signal(AgentProcess.SigTerm);
        Assert.Empty(await stream.ReadToEndAsync());

        Assert.Equal([.. Pieces.Framed([.. got]), 0, 0, 0, 0], stream.Bytes);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((3, 3, 0), (tally.Captured, tally.Unconfirmed, tally.Dropped.Values.Sum()));
    }

    [Fact]
    public async Task A_receiver_that_starts_late_is_found()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        var port = FreePort.Take();
        await using var agent = folder.Run(port, "--drain", "1");
        var said = await agent.SaysAsync("cannot reach");
        Assert.Contains($"Camera garden/0 cannot reach 127.0.0.1:{port}: connection refused. Is the receiver running there? Trying again", said, StringComparison.Ordinal);

        using var receiver = new RecipeReceiver(port);
        using var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(3);
        stream.Dispose();
        await agent.StopsAsync();
    }

    [Fact]
    public async Task A_receiver_that_goes_away_is_missed_at_once_and_found_again()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        var port = FreePort.Take();
        var receiver = new RecipeReceiver(port);
        await using var agent = folder.Run(port, "--drain", "0", "--peer", "recipe");
        var before = await receiver.AcceptAsync();
        var last = Stamped.Sequence((await before.ReadAsync(5))[^1]);
        receiver.Dispose();
        before.Dispose();
        Assert.Contains($"Camera garden/0 lost 127.0.0.1:{port}:", await agent.SaysAsync("lost"), StringComparison.Ordinal);

        using var again = new RecipeReceiver(port);
        using var after = await again.AcceptAsync();
        Assert.True(Stamped.Sequence((await after.ReadAsync(3))[0]) > last);
        after.Dispose();
        await agent.StopsAsync();
    }

    [Fact]
    public async Task A_silent_camera_does_not_hide_that_the_receiver_has_gone()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(1);
        stream.Dispose();
        Assert.Contains("the receiver closed the connection", await agent.SaysAsync("lost"), StringComparison.Ordinal);
        // Without a look at the connection it would show with the next picture, which the stalled camera's next run brings after 10 s.
        Assert.DoesNotContain("stalled", agent.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_link_is_down_the_newest_win_and_the_rest_is_counted()
    {
        using var folder = new CameraFolder();
        folder.Picture("picture.jpg", Numbered(1));
        folder.Program("rpicam-vid", "for i in {1..100}; do cat \"$here/picture.jpg\"; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
        var port = FreePort.Take();
        await using var agent = folder.Run(port);
        await folder.FileAsync("taken");
        agent.Signal(AgentProcess.SigInt);       // the camera ends and its last pictures are read; then the queue waits for a receiver

        using var receiver = new RecipeReceiver(port);
        using var stream = await receiver.AcceptAsync();
        var got = await stream.ReadToEndAsync();
        stream.Dispose();

        Assert.Equal(100UL, Stamped.Sequence(got[^1]));
        var tally = await agent.TallyAsync();
        Assert.Equal((100, got.Count, 100 - got.Count), (tally.Captured, tally.Unconfirmed, tally.Dropped["link"]));
    }

    [Fact]
    public async Task Without_time_to_drain_the_stream_still_ends_in_order()
    {
        using var folder = new CameraFolder();
        folder.Camera(Numbered(1));
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--drain", "0");
        using var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(1);
        agent.Signal(AgentProcess.SigInt);
        Assert.Empty(await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task What_cannot_be_drained_in_time_is_counted_too()
    {
        using var folder = new CameraFolder();
        folder.Picture("picture.jpg", Numbered(1));
        folder.Program("rpicam-vid", "for i in {1..20}; do cat \"$here/picture.jpg\"; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
        await using var agent = folder.Run(FreePort.Take(), "--drain", "0.1");
        await folder.FileAsync("taken");
        var tally = await agent.StopsAsync();
        Assert.Equal((20, 0, 12, 8), (tally.Captured, tally.Unconfirmed, tally.Dropped["link"], tally.Dropped["drain"]));
    }

    [Fact]
    public async Task A_second_Ctrl_C_ends_the_draining()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        await using var agent = folder.Run(FreePort.Take(), "--drain", "600");
        await agent.SaysAsync("cannot reach");
        agent.Signal(AgentProcess.SigInt);
        await agent.SaysAsync("Stopping");
        agent.Signal(AgentProcess.SigInt);
        await agent.TallyAsync();
    }

    [Fact]
    public async Task A_receiver_that_takes_nothing_does_not_hold_the_camera_up()
    {
        using var folder = new CameraFolder();
        folder.Picture("picture.jpg", Pictures.Skeleton(entropyBytes: 400_000));
        folder.Program("rpicam-vid", "for i in {1..100}; do cat \"$here/picture.jpg\"; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--drain", "0.1");
        using var stream = await receiver.AcceptAsync();
        await folder.FileAsync("taken");        // 40 MB went somewhere although nobody reads
        var tally = await agent.StopsAsync();
        Assert.Equal(100, tally.Captured);
        Assert.True(tally.Dropped["link"] > 50, $"{tally.Dropped["link"]} dropped");
    }

    [Fact]
    public async Task What_a_receiver_says_unasked_is_ignored()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        using var stream = await receiver.AcceptAsync();
        await stream.Wire.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken);
        await stream.ReadAsync(5);
        agent.Signal(AgentProcess.SigInt);
        await stream.ReadToEndAsync();
        stream.Dispose();
        await agent.TallyAsync();
    }

    [Fact]
    public async Task Two_cameras_have_a_connection_each()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--camera", "2", "--camera", "0", "--drain", "1");
        using var one = await receiver.AcceptAsync();
        using var other = await receiver.AcceptAsync();
        var names = new[] { await one.ReadAsync(2), await other.ReadAsync(2) }.Select(pictures => Assert.Single(pictures.Select(p => Stamped.Of(p).Camera).Distinct()).ToString());
        Assert.Equal(["garden/0", "garden/2"], names.Order());
        one.Dispose();
        other.Dispose();
        await agent.StopsAsync();
    }

    [Fact]
    public async Task The_agent_stops_by_itself_after_the_seconds_it_was_given()
    {
        using var folder = new CameraFolder();
        folder.EndlessCamera();
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--seconds", "1.5");
        using var stream = await receiver.AcceptAsync();
        var got = await stream.ReadToEndAsync();
        stream.Dispose();
        Assert.Equal(got.Count, (await agent.TallyAsync()).Unconfirmed);
    }
}
