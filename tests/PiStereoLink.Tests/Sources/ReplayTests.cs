using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Sources;

/// <summary>Folders of pictures in a rig's place.</summary>
public sealed class ReplayTests : IAsyncDisposable
{
    private readonly SourceRun run = new();

    public ValueTask DisposeAsync() => run.DisposeAsync();

    [Fact]
    public async Task Numbered_pictures_are_pairs_by_their_number()
    {
        Numbered(20, 20);
        await run.StartAsync($"replay:{run.Path("")}");
        var (right, known) = await run.DisparityAsync();
        Assert.True(right > 0.98 && known > 10_000, $"{right:P1} of {known} pixels are right");
    }

    /// <summary>The name of a picture without a stamp tells when it arrived.</summary>
    [Theory]
    [InlineData(false, "arrival")]
    [InlineData(true, "stamps")]
    public async Task The_stores_pictures_pair_by_their_times(bool stamped, string pairedBy)
    {
        // The right eye is 4 ms late and its second picture is missing: by place, all later pairs would be wrong.
        Stored("a", Picture(FlatScene.Left(), stamped), 0, 100, 200, 300, 400, 500);
        Stored("b", Picture(FlatScene.Right(), stamped), 4, 204, 304, 404, 504);
        await run.StartAsync($"replay:{run.Path("a")},replay:{run.Path("b")}");
        var rig = await run.PairsAsync(5);
        Assert.Equal(pairedBy, rig.GetProperty("pairedBy").GetString());
        Assert.Equal(4, rig.GetProperty("skewMs").GetProperty("max").GetDouble(), 3);
    }

    [Fact]
    public async Task What_is_replayed_is_not_kept_again()
    {
        Numbered(5, 5);
        await run.StartAsync($"replay:{run.Path("")}", run.Path("store"));
        await run.PairsAsync(5);
        Assert.False(Directory.Exists(run.Path("store/desk")));
    }

    [Fact]
    public async Task With_a_rate_a_slow_timelapse_is_over_soon()
    {
        double[] minutes = [0, 60_000, 120_000, 180_000];
        Stored("a", FlatScene.Left(), minutes);
        Stored("b", FlatScene.Right(), minutes);
        await run.StartAsync($"replay:{run.Path("a")},replay:{run.Path("b")}+fps=10");
        await run.PairsAsync(4);
    }

    [Fact]
    public async Task A_numbered_picture_without_a_partner_is_named_and_the_others_are_pairs()
    {
        Numbered(4, 4);
        File.Delete(run.Path("right/000001.jpg"));
        await run.StartAsync($"replay:{run.Path("")}");
        await run.SaysAsync("000001.jpg is left out: there is no right picture with its number.");
        await run.PairsAsync(3);
    }

    [Fact]
    public async Task Pictures_whose_names_do_not_tell_the_pairs_are_refused()
    {
        Numbered(2, 3);
        foreach (var (from, to) in new[] { ("left/000000", "left/a"), ("left/000001", "left/b"), ("right/000000", "right/c"), ("right/000001", "right/d"), ("right/000002", "right/e") })
            File.Move(run.Path(from + ".jpg"), run.Path(to + ".jpg"));
        await run.StartAsync($"replay:{run.Path("")}");
        await run.SaysAsync("There are 2 left and 3 right pictures, and their names do not tell which belong together");
    }

    [Fact]
    public async Task A_folder_without_eyes_is_said()
    {
        await run.StartAsync($"replay:{run.Path("")}");
        await run.SaysAsync("0 left and 0 right pictures (.jpg, .jpeg, .png, .pgm, .ppm, .pnm), so no pairs. replay: takes a folder with the folders left and right in it");
    }

    private static byte[] Picture(byte[] jpeg, bool stamped)
    {
        if (!stamped)
            return jpeg;
        var buffer = FrameBuffer.Rent(jpeg.Length);
        buffer.Append(jpeg);
        using var written = StampWriter.Write(buffer, new Stamp { Camera = new("pi", "0"), Identity = new(1, 7, 1), CapturedAt = DateTime.UnixEpoch, Clock = new(ClockSource.Receiver, 0, 250) });
        return written.Span.ToArray();
    }

    private void Numbered(int left, int right)
    {
        foreach (var (eye, jpeg, count) in new[] { ("left", FlatScene.Left(), left), ("right", FlatScene.Right(), right) })
        {
            Directory.CreateDirectory(run.Path(eye));
            for (var i = 0; i < count; i++)
                File.WriteAllBytes(run.Path($"{eye}/{i:000000}.jpg"), jpeg);
        }
    }

    private void Stored(string camera, byte[] jpeg, params double[] milliseconds)
    {
        var day = Directory.CreateDirectory(run.Path($"{camera}/2026-11-21"));
        foreach (var (at, number) in milliseconds.Select((at, number) => (new DateTime(2026, 11, 21, 8, 45, 12).AddMilliseconds(at), number)))
            File.WriteAllBytes(Path.Combine(day.FullName, $"{at:HHmmss.ffffff}Z-00000007-{number:d20}.jpg"), jpeg);
    }
}
