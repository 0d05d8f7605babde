using System.Text.Json;
using OpenCvSharp;
using PiStereoLink.Tests.Calibration;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Capturing;

/// <summary>receiver capture over stored pairs, as a process.</summary>
public sealed class CaptureReplayTests : IDisposable
{
    private static readonly RenderedRig Rig = new(320, 240, new ChessBoard(9, 6, 0.025), 0.85, [-0.2, 0.05, 0, 0, 0]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("capture-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Pairs_that_show_something_new_are_kept_byte_for_byte_and_the_others_are_counted()
    {
        Render(Rig.Poses(5), "pose{0}.jpg");
        File.Copy(In("replay/left/pose2.jpg"), In("replay/left/pose7.jpg"));       // the same view again
        File.Copy(In("replay/right/pose2.jpg"), In("replay/right/pose7.jpg"));
        File.Copy(In("replay/left/pose3.jpg"), In("replay/left/pose8.jpg"));       // one eye sees a wall
        await File.WriteAllBytesAsync(In("replay/right/pose8.jpg"), Wall(), TestContext.Current.CancellationToken);

        var told = await ToldAsync($"replay:{In("replay")}", "--board", "9x6", "--out", In("kept"));
        var kept = told.GetProperty("kept").GetInt32();
        Assert.Equal(7, told.GetProperty("seen").GetInt32());
        Assert.Equal(1, told.GetProperty("passedOver").GetProperty("notFound").GetInt32());
        Assert.Equal(6 - kept, told.GetProperty("passedOver").GetProperty("known").GetInt32());
        Assert.InRange(kept, 2, 5);
        Assert.InRange(told.GetProperty("coverage").GetProperty("size").GetDouble(), 0.3, 1);

        Assert.Equal(kept, Directory.GetFiles(In("kept/left")).Length);
        Assert.Equal(Directory.GetFiles(In("kept/left")).Select(Path.GetFileName).Order(), Directory.GetFiles(In("kept/right")).Select(Path.GetFileName).Order());
        Assert.Equal(File.ReadAllBytes(In("replay/left/pose0.jpg")), File.ReadAllBytes(In("kept/left/000000.jpg")));
        Assert.Equal(File.ReadAllBytes(In("replay/right/pose0.jpg")), File.ReadAllBytes(In("kept/right/000000.jpg")));
        Assert.Equal((1280, 960 / 2 + 88), EncodedPicture.ReadSize(File.ReadAllBytes(In("kept/preview.jpg")), "preview"));
    }

    [Fact]
    public async Task A_second_capture_goes_on_where_the_first_ended_and_without_a_board_all_is_kept()
    {
        Render(Rig.Poses(2), "{0}.png");
        await ToldAsync($"replay:{In("replay")}", "--out", In("kept"), "--pairs", "1");
        await ToldAsync($"replay:{In("replay")}", "--out", In("kept"));
        Assert.Equal(["000000.png", "000001.png", "000002.png"], Directory.GetFiles(In("kept/right")).Select(Path.GetFileName).Order());
        Assert.Equal(File.ReadAllBytes(In("replay/right/0.png")), File.ReadAllBytes(In("kept/right/000001.png")));
        Assert.False(File.Exists(In("kept/preview.jpg")));
    }

    [Fact]
    public async Task Pictures_in_one_folder_are_paired_by_number_and_one_without_a_partner_is_named()
    {
        Render(Rig.Poses(2), "{0}.jpg");
        foreach (var eye in new[] { "left", "right" })
            foreach (var number in new[] { 0, 1 })
                File.Move(In($"replay/{eye}/{number}.jpg"), In($"{eye}{number + 9:D2}.jpg"));
        File.Delete(In("right10.jpg"));
        var outcome = await RunAsync($"replay:{folder.FullName}", "--out", In("kept"));
        Assert.Equal($"left10.jpg is left out: there is no right picture with its number.\n1 kept of 1 seen, in {In("kept")}.\n", outcome.Errors);
    }

    [Fact]
    public async Task Pictures_of_a_store_are_paired_by_their_times_as_a_receiver_would()
    {
        Render(Rig.Poses(3), "{0}.jpg");
        // The right eye is 4 ms late, and its second picture is missing.
        Store("left", "084512.000000", "084512.100000", "084512.200000");
        File.Delete(In("replay/right/1.jpg"));
        Store("right", "084512.004000", "084512.204000");
        var told = await ToldAsync($"replay:{In("replay/left")},replay:{In("replay/right")}", "--out", In("kept"));
        Assert.Equal(2, told.GetProperty("kept").GetInt32());
        foreach (var eye in new[] { "left", "right" })
            Assert.Equal(File.ReadAllBytes(Directory.GetFiles(In($"replay/{eye}/2026-11-21")).Order().Last()), File.ReadAllBytes(In($"kept/{eye}/000001.jpg")));

        void Store(string eye, params string[] times)
        {
            var day = Directory.CreateDirectory(In($"replay/{eye}/2026-11-21"));
            foreach (var (file, time) in Directory.GetFiles(In($"replay/{eye}"), "*.jpg").Order().Zip(times))
                File.Move(file, Path.Combine(day.FullName, $"{time}Z-00000007-00000000000000000001.jpg"));
        }
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_costs_its_pair_only()
    {
        Render(Rig.Poses(2), "{0}.jpg");
        await File.WriteAllBytesAsync(In("replay/right/0.jpg"), [0xFF, 0xD8, 1, 2, 3], TestContext.Current.CancellationToken);
        var outcome = await RunAsync($"replay:{In("replay")}", "--board", "9x6", "--out", In("kept"), "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("The right picture of", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("The pair is left out.", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(1, Told(outcome).GetProperty("passedOver").GetProperty("unreadable").GetInt32());
        Assert.Equal(File.ReadAllBytes(In("replay/left/1.jpg")), File.ReadAllBytes(In("kept/left/000000.jpg")));
    }

    [Fact]
    public async Task With_the_wrong_board_nothing_is_kept_and_that_is_a_failure()
    {
        Render(Rig.Poses(1), "{0}.jpg");
        var outcome = await RunAsync($"replay:{In("replay")}", "--board", "8x5", "--out", In("kept"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Nothing was kept", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("kept/left")));
    }

    [Fact]
    public async Task The_chessboards_of_OpenCvs_samples_cover_most_of_what_is_needed()
    {
        var told = await ToldAsync($"replay:{Path.GetDirectoryName(Tests.Vision.TestFiles.Shared("chessboard-opencv/left01.jpg"))}", "--board", "9x6", "--out", In("kept"));
        Assert.Equal(13, told.GetProperty("seen").GetInt32());
        Assert.Equal(0, told.GetProperty("passedOver").GetProperty("notFound").GetInt32());
        Assert.Equal(0, told.GetProperty("passedOver").GetProperty("turned").GetInt32());
        Assert.InRange(told.GetProperty("kept").GetInt32(), 7, 13);
        Assert.Equal(1, told.GetProperty("coverage").GetProperty("size").GetDouble());
    }

    [Theory]
    [InlineData(2, "'nowhere' is no source of pictures", "nowhere")]
    [InlineData(1, "/dev/video-none is not there. Is the camera plugged in?", "elp:/dev/video-none,/dev/video2")]
    [InlineData(2, "start one with receiver serve --rig NAME=sbs:pi:stereopi/0, then receiver capture rig:NAME.", "sbs:pi:stereopi/0")]
    [InlineData(2, "there is nothing to do with the calibration desk.npz", "elp:/dev/video0,/dev/video2,desk.npz")]
    [InlineData(2, "two devices are needed", "elp:/dev/video0")]
    [InlineData(1, "There is no folder no/such/folder", "replay:no/such/folder")]
    [InlineData(1, "cannot be asked", "rig:garden", "--from", "http://127.0.0.1:1")]
    [InlineData(2, "Give a source or --rig, not both", "rig:garden", "--rig", "garden")]
    [InlineData(2, "Where from?")]
    [InlineData(2, "--window shows how the board is found: give --board 9x6 too.", "sim:", "--window")]
    [InlineData(2, "--every is 0; it must be above 0", "replay:no/such/folder", "--every", "0")]
    public async Task What_cannot_be_is_refused_in_a_sentence(int exitCode, string expected, params string[] arguments)
    {
        var refused = await RunAsync([.. arguments, "--out", In("kept")]);
        Assert.Equal(exitCode, refused.ExitCode);
        Assert.Contains(expected, refused.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    private void Render(IEnumerable<(double[,] R, double[] T)> poses, string name)
    {
        foreach (var (pose, number) in poses.Select((pose, number) => (pose, number)))
            foreach (var right in new[] { false, true })
            {
                using var picture = new BoardRenderer(Rig, right).Render(pose, seed: number);
                var path = Path.Combine(Directory.CreateDirectory(In($"replay/{(right ? "right" : "left")}")).FullName, string.Format(null, name, number));
                File.WriteAllBytes(path, picture.ImEncode(Path.GetExtension(path), Array.Empty<ImageEncodingParam>()));
            }
    }

    private static byte[] Wall()
    {
        using var grey = new Mat(240, 320, MatType.CV_8UC1, new Scalar(128));
        return grey.ImEncode(".jpg", Array.Empty<ImageEncodingParam>());
    }

    private static async Task<JsonElement> ToldAsync(params string[] arguments)
    {
        var outcome = await RunAsync([.. arguments, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return Told(outcome);
    }

    private static JsonElement Told(Tool.Outcome outcome) => JsonDocument.Parse(outcome.Output.TrimEnd().Split('\n')[^1]).RootElement;

    private static Task<Tool.Outcome> RunAsync(params string[] arguments) => Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["capture", .. arguments]);

    private string In(string name) => Path.Combine(folder.FullName, name);
}
