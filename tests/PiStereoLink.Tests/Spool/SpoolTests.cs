using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Spool;

/// <summary>Frames that wait on disk: the real agent, real files, a receiver that is there or is not.</summary>
public class SpoolTests
{
    private static byte[] Numbered(int number) => Pictures.Skeleton(entropyBytes: 100 + 10 * number);

    /// <summary>A camera that delivers so many pictures of about so many bytes at once.</summary>
    private static void Camera(CameraFolder folder, int pictures, int bytes = 1000)
    {
        folder.Picture("picture.jpg", Pictures.Skeleton(entropyBytes: bytes));
        folder.Program("rpicam-vid", $"for i in {{1..{pictures}}}; do cat \"$here/picture.jpg\"; sleep 0.02; done\n" + CameraFolder.Write("taken", "all") + CameraFolder.Forever);
    }

    private static async Task<AgentTally> RunWithoutReceiverAsync(CameraFolder folder, params string[] more)
    {
        await using var agent = folder.Run(FreePort.Take(), ["--drain", "0.1", .. more]);
        await folder.FileAsync("taken");
        File.Delete(Path.Combine(folder.Root, "taken"));
        return await agent.StopsAsync();
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("always")]
    public async Task Without_a_receiver_everything_is_on_disk_and_the_next_run_sends_it(string mode)
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 30);
        var tally = await RunWithoutReceiverAsync(folder, "--spool", mode);
        Assert.Equal((30, 30, 0), (tally.Captured, tally.Spooled, tally.Dropped.Values.Sum()));
        var files = SpoolFiles.Waiting(folder);
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"00000001-{i:D20}.jpg"), files.Select(Path.GetFileName));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (ulong)i), files.Select(file => Stamped.Sequence(File.ReadAllBytes(file))));

        Camera(folder, pictures: 1);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--spool", mode);
        await folder.FileAsync("taken");
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        agent.Signal(AgentProcess.SigInt);
        var got = await stream.AckAllAsync(first);
        stream.Dispose();
        tally = await agent.TallyAsync();
        Assert.Equal((30, 1, 31, 0), (tally.SpooledAtStart, tally.Captured, tally.Acked, tally.Spooled));
        Assert.Equal(31, got.Select(frame => frame.Identity).Distinct().Count());
        Assert.Equal(got.Where(frame => frame.Identity.Run == 1).Select(frame => frame.Identity.Sequence).Order(), got.Where(frame => frame.Identity.Run == 1).Select(frame => frame.Identity.Sequence));
        Assert.Empty(SpoolFiles.Waiting(folder));
    }

    [Fact]
    public async Task After_kill_9_what_was_not_acknowledged_is_sent_by_the_next_run()
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 12);
        using var receiver = new RecipeReceiver();
        List<AskingFrame> before;
        await using (var agent = folder.Run(receiver.Port, "--spool", "always"))
        {
            var (stream, first) = await AckStream.AcceptAsync(receiver);
            before = [first, .. await stream.ReadAsync(11)];        // each of them is on disk before it is sent
            agent.Signal(AgentProcess.SigKill);
            await agent.EndsAsync();
            stream.Dispose();
        }
        Assert.Equal(12, SpoolFiles.Waiting(folder).Length);

        folder.Program("rpicam-vid", CameraFolder.Forever);
        await using var next = folder.Run(receiver.Port, "--spool", "always");
        var (again, oldest) = await AckStream.AcceptAsync(receiver);
        next.Signal(AgentProcess.SigInt);
        var after = await again.AckAllAsync(oldest);
        again.Dispose();
        var tally = await next.TallyAsync();
        Assert.Equal((12, 0, 12), (tally.SpooledAtStart, tally.Captured, tally.Acked));
        Assert.Equal(before.Select(frame => Convert.ToHexString(frame.Picture)), after.Select(frame => Convert.ToHexString(frame.Picture)));
        Assert.Empty(SpoolFiles.Waiting(folder));
    }

    [Fact]
    public async Task The_newest_goes_before_the_backlog()
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 20, bytes: 1_000_000);
        await RunWithoutReceiverAsync(folder, "--spool", "always");
        using var receiver = new RecipeReceiver();
        folder.Program("rpicam-vid", """
            while [ ! -e "$here/go" ]; do sleep 0.02; done
            cat "$here/picture.jpg" "$here/picture.jpg"
            """ + CameraFolder.Forever);
        await using var agent = folder.Run(receiver.Port, "--spool", "always");
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        using var _ = stream;
        var backlog = await stream.ReadAsync(15);      // of 1 MB: no more go out unanswered, before the hello or after it
        folder.Picture("go", []);
        // The second's file is there: the first has been passed on to the link, and the second is about to take its place.
        await Until.TrueAsync(() => Task.FromResult(SpoolFiles.Waiting(folder).Any(file => Path.GetFileName(file) == $"00000002-{2:D20}.jpg")));
        await stream.AckAsync(first);
        var next = await stream.ReadAsync();
        Assert.Equal(2U, next!.Identity.Run);
        await stream.AckAsync(backlog[0]);
        var after = await stream.ReadAsync();
        while (after!.Identity.Run == 2)
        {
            await stream.AckAsync(after);
            after = await stream.ReadAsync();
        }
        Assert.Equal((1U, 17UL), (after.Identity.Run, after.Identity.Sequence));
        agent.Signal(AgentProcess.SigInt);
        await stream.AckAllAsync([next, after, .. backlog[1..]]);
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((20, tally.SpooledAtStart + tally.Captured), (tally.SpooledAtStart, tally.Acked));
    }

    [Fact]
    public async Task What_waits_under_an_old_name_of_the_node_is_sent_under_it()
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 5);
        await RunWithoutReceiverAsync(folder, "--spool", "always");
        folder.Program("rpicam-vid", CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        await using var agent = AgentProcess.Start(folder.SearchPath,
            ["run", "--to", $"127.0.0.1:{receiver.Port}", "--state", folder.State, "--node", "orchard", "--camera", "0"]);
        // The camera of the new name has a connection too, and nothing to send.
        var (stream, first) = await await Task.WhenAny(AckStream.AcceptAsync(receiver), AckStream.AcceptAsync(receiver));
        Assert.Contains("garden/0", await agent.SaysAsync("wait in the spool"), StringComparison.Ordinal);
        agent.Signal(AgentProcess.SigInt);
        var got = await stream.AckAllAsync(first);
        stream.Dispose();
        Assert.Equal([1UL, 2, 3, 4, 5], got.Select(frame => frame.Identity.Sequence));
        Assert.All(got, frame => Assert.Equal(new CameraName("garden", "0"), Stamped.Of(frame.Picture).Camera));
        var tally = await agent.TallyAsync();
        Assert.Equal((5, 0, 5), (tally.SpooledAtStart, tally.Captured, tally.Acked));
        Assert.Empty(SpoolFiles.Waiting(folder));
    }

    [Fact]
    public async Task To_a_receiver_that_never_answers_the_backlog_goes_as_unconfirmed()
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 5);
        await RunWithoutReceiverAsync(folder, "--spool", "always");
        folder.Program("rpicam-vid", CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port, "--peer", "recipe");
        using var stream = await receiver.AcceptAsync();
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal([1UL, 2, 3, 4, 5], (await stream.ReadToEndAsync()).Select(Stamped.Sequence));
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((5, 5, 0), (tally.SpooledAtStart, tally.Unconfirmed, tally.Spooled));
        Assert.Empty(SpoolFiles.Waiting(folder));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("drop-oldest")]
    public async Task A_full_spool_stops_or_drops_the_oldest_as_it_was_told(string policy)
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 20, bytes: 10_000);
        var tally = await RunWithoutReceiverAsync(folder, "--spool", "always", "--spool-max", "0.1", "--spool-full", policy);
        var left = SpoolFiles.Waiting(folder).Select(file => Stamped.Sequence(File.ReadAllBytes(file))).ToArray();
        Assert.Equal(9, left.Length);        // of some 10.7 kB each
        Assert.Equal((20, 9), (tally.Captured, tally.Spooled));
        Assert.Equal(11, tally.Dropped["full"]);
        Assert.Equal(policy == "stop" ? 1UL : 12UL, left[0]);
    }

    [Fact]
    public async Task Where_nothing_may_be_stored_nothing_is()
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 20);
        var tally = await RunWithoutReceiverAsync(folder, "--spool", "off");
        Assert.Equal((20, 0, 12, 8), (tally.Captured, tally.Spooled, tally.Dropped["link"], tally.Dropped["drain"]));
        Assert.False(Directory.Exists(Path.Combine(folder.State, "spool")));
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_the_others_are_sent()
    {
        using var folder = new CameraFolder();
        Camera(folder, pictures: 3);
        await RunWithoutReceiverAsync(folder, "--spool", "always");
        await File.WriteAllBytesAsync(SpoolFiles.Waiting(folder)[1], Numbered(1), TestContext.Current.CancellationToken);
        folder.Program("rpicam-vid", CameraFolder.Forever);
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port);
        var (stream, first) = await AckStream.AcceptAsync(receiver);
        agent.Signal(AgentProcess.SigInt);
        Assert.Equal([1UL, 3], (await stream.AckAllAsync(first)).Select(frame => frame.Trailer.Sequence));
        stream.Dispose();
        var tally = await agent.TallyAsync();
        Assert.Equal((3, 2, 1), (tally.SpooledAtStart, tally.Acked, tally.Dropped["refused"]));
        Assert.Single(SpoolFiles.Refused(folder));
    }
}
