using System.Diagnostics;
using System.Text.Json;
using PiStereoLink.Tests.SimulatedCamera;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Calibration;

/// <summary><c>receiver calibrate</c> as a user runs it, on OpenCV's sample pictures: a real rig, 13 pairs, 9x6 squares of 25 mm.</summary>
public sealed class CalibrateCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public CalibrateCommandTests()
    {
        Assert.SkipWhen(Pictures.DataFolder is null, "the folder ../shared/data with real pictures is not here");
        foreach (var eye in new[] { "left", "right" })
            foreach (var file in Directory.GetFiles(Path.Combine(Pictures.DataFolder!, "chessboard-opencv"), $"{eye}??.jpg"))
                File.Copy(file, folder.File(Path.GetFileName(file)));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task All_thirteen_pairs_are_used_and_fit()
    {
        var figures = await FiguresAsync();

        Assert.Equal((13, 13), (figures.GetProperty("pairsGiven").GetInt32(), figures.GetProperty("pairsUsed").GetInt32()));
        Assert.InRange(figures.GetProperty("rmsStereo").GetDouble(), 0.1, 0.22);
        Assert.InRange(figures.GetProperty("epipolarErrorPx").GetDouble(), 0.05, 0.2);
        Assert.InRange(figures.GetProperty("baselineMetres").GetDouble(), 0.0825, 0.0840);
        Assert.Equal("good", figures.GetProperty("verdict").GetString());
        Assert.Equal(0, figures.GetProperty("dropped").GetArrayLength());
        Assert.Equal([0x89, (byte)'P'], File.ReadAllBytes(folder.File("rig.coverage.png"))[..2]);

        var verified = await RunAsync("--verify", folder.File("rig.npz"), "--json");
        Assert.True(verified.ExitCode == 0, verified.Errors);
        var check = JsonDocument.Parse(verified.Output).RootElement;
        Assert.Equal(13, check.GetProperty("pairsUsed").GetInt32());
        Assert.InRange(check.GetProperty("epipolarErrorPx").GetDouble(), 0.05, 0.2);
        Assert.Equal("good", check.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Foreign_damaged_and_missing_pictures_are_named_and_left_out()
    {
        File.Copy(folder.File("right09.jpg"), folder.File("right03.jpg"), overwrite: true);
        File.WriteAllBytes(folder.File("left05.jpg"), File.ReadAllBytes(folder.File("left05.jpg"))[..9000]);
        File.WriteAllText(folder.File("right06.jpg"), "no picture");
        File.Delete(folder.File("right12.jpg"));

        var figures = await FiguresAsync();

        Assert.Equal((13, 9), (figures.GetProperty("pairsGiven").GetInt32(), figures.GetProperty("pairsUsed").GetInt32()));
        Assert.InRange(figures.GetProperty("rmsStereo").GetDouble(), 0.1, 0.22);
        var dropped = figures.GetProperty("dropped").EnumerateArray().Select(one => $"{one.GetProperty("pair").GetString()}: {one.GetProperty("reason").GetString()}").ToArray();
        Assert.Equal("left12.jpg: there is no right picture with its number", dropped[0]);
        Assert.Equal("left05.jpg + right05.jpg: left05.jpg cannot be read: it ends before its end marker (truncated)", dropped[1]);
        Assert.StartsWith("left06.jpg + right06.jpg: right06.jpg cannot be read: ", dropped[2], StringComparison.Ordinal);
        Assert.StartsWith("left03.jpg + right03.jpg: its eyes disagree by ", dropped[3], StringComparison.Ordinal);
        Assert.Equal(4, dropped.Length);
    }

    [Theory]
    [InlineData("8x6", "No pair shows the 8x6 board to both eyes: 0 left and 0 right of 13 pictures show it. The pictures seem to show a board of 9x6 inner corners: give --board 9x6.")]
    [InlineData("14x9", "No pair shows the 14x9 board to both eyes")]
    public async Task A_wrong_board_ends_with_a_sentence_and_nothing_is_written(string board, string expected) =>
        await AssertFailsAsync(expected, "--left", folder.File("left*.jpg"), "--right", folder.File("right*.jpg"), "--board", board);

    [Fact]
    public async Task Exchanged_eyes_end_with_a_sentence_and_nothing_is_written() =>
        await AssertFailsAsync("These pictures put the right camera 0.083 m to the left of the left one: the eyes are exchanged.", "--left", folder.File("right*.jpg"), "--right", folder.File("left*.jpg"), "--board", "9x6");

    [Fact]
    public async Task Pictures_of_two_sizes_end_with_a_sentence_and_nothing_is_written()
    {
        using (var small = new OpenCvSharp.Mat(240, 320, OpenCvSharp.MatType.CV_8UC1, OpenCvSharp.Scalar.All(90)))
            File.WriteAllBytes(folder.File("right07.jpg"), small.ImEncode(".jpg", Array.Empty<OpenCvSharp.ImageEncodingParam>()));
        await AssertFailsAsync("right07.jpg is 320x240, but left01.jpg is 640x480: all pictures of a calibration must have one size", "--left", folder.File("left*.jpg"), "--right", folder.File("right*.jpg"), "--board", "9x6");
    }

    [Fact]
    public async Task An_eye_without_pictures_ends_with_a_sentence() =>
        await AssertFailsAsync("--right ", "--left", folder.File("left*.jpg"), "--right", folder.File("none*.jpg"), "--board", "9x6");

    [Fact]
    public async Task A_calibration_for_another_size_is_not_verified()
    {
        StereoCalibration.FromCameras(320, 240, PiStereoLink.Tests.Vision.MadeUpRig.Cameras, 0.1, new ChessBoard(9, 6, 0.025)).Save(folder.File("small.npz"));
        var outcome = await RunAsync("--verify", folder.File("small.npz"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Matches("^left.*\\.jpg is 640x480, but the calibration is for 320x240: take pictures of that size, or calibrate with these\\.\n$", outcome.Errors);
    }

    [Theory]
    [InlineData("--board", "9", "'9' is no board; give its inner corners")]
    [InlineData("--square", "25", "'25' is no length of a square")]
    [InlineData("--out", "rig.yml", "--out rig.yml: a calibration is written as .npz")]
    [InlineData("--alpha", "2", "--alpha 2: a number from 0 to 1 was expected.")]
    public async Task Wrong_usage_is_told_with_exit_code_2(string option, string value, string expected)
    {
        string[] usual = ["--board", "9x6", "--square", "25mm", "--out", folder.File("rig.npz"), "--alpha", "0"];
        usual[Array.IndexOf(usual, option) + 1] = value;
        var outcome = await RunAsync(usual);
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith(expected, outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "rig.*"));
    }

    [Fact]
    public async Task An_interrupt_ends_it_without_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill is a Unix program");
        // A named pipe as a picture: the program reads it for ever, so the interrupt always comes in the middle.
        File.Delete(folder.File("left01.jpg"));
        Assert.Equal(0, (await Tool.RunInstalledAsync("mkfifo", folder.File("left01.jpg"))).ExitCode);
        using var process = Process.Start(new ProcessStartInfo(
            Programs.Path("PiStereoLink.Receiver"),
            ["calibrate", "--left", folder.File("left*.jpg"), "--right", folder.File("right*.jpg"), "--board", "9x6", "--square", "25mm", "--out", folder.File("rig.npz")])
        { RedirectStandardError = true, Environment = { ["XDG_CACHE_HOME"] = folder.Path } })!;
        // Writing to the pipe's other end waits until the program has opened it.
        using var opened = new FileStream(folder.File("left01.jpg"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        await Tool.RunInstalledAsync("kill", "-TERM", $"{process.Id}");
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, "Cancelled; nothing was written.\n"), (process.ExitCode, errors));
        Assert.Empty(Directory.GetFiles(folder.Path, "rig.*"));
    }

    [Fact]
    public async Task Python_opens_the_file_and_rectifies_with_it_to_the_same_pictures()
    {
        await FiguresAsync();
        var script = """
            import sys, numpy, cv2
            folder = sys.argv[1]
            rig = numpy.load(folder + '/rig.npz', allow_pickle=False)
            for eye in ('left', 'right'):
                picture = cv2.imread(folder + '/' + eye + '04.jpg', cv2.IMREAD_GRAYSCALE)
                cv2.imwrite(folder + '/python-' + eye + '.png', cv2.remap(picture, rig[eye + 'MapX'], rig[eye + 'MapY'], cv2.INTER_LINEAR))
            # The same cameras, rectified there: what Python writes with the blog's keys.
            size = tuple(int(side) for side in rig['imageSize'])
            R1, R2, P1, P2, Q, leftROI, rightROI = cv2.stereoRectify(rig['K1'], rig['D1'], rig['K2'], rig['D2'], size, rig['R'], rig['T'], alpha=0)
            leftX, leftY = cv2.initUndistortRectifyMap(rig['K1'], rig['D1'], R1, P1, size, cv2.CV_32FC1)
            rightX, rightY = cv2.initUndistortRectifyMap(rig['K2'], rig['D2'], R2, P2, size, cv2.CV_32FC1)
            numpy.savez_compressed(folder + '/blog.npz', imageSize=size, leftMapX=leftX, leftMapY=leftY, leftROI=leftROI, rightMapX=rightX, rightMapY=rightY, rightROI=rightROI)
            """;
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Tool.FindInstalled("python3");
        var modules = await Tool.RunAsync(python, "-c", "import numpy, cv2");
        Assert.SkipUnless(modules.ExitCode == 0, "Python's numpy and cv2 are not installed (python3-opencv)");
        var outcome = await Tool.RunAsync(python, "-c", script, folder.Path);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);

        foreach (var name in new[] { "rig.npz", "blog.npz" })
        {
            using var rectifier = new Rectifier(StereoCalibration.Load(folder.File(name)));
            using var left = EncodedPicture.DecodeGrey(File.ReadAllBytes(folder.File("left04.jpg")), "left");
            using var right = EncodedPicture.DecodeGrey(File.ReadAllBytes(folder.File("right04.jpg")), "right");
            using OpenCvSharp.Mat rectifiedLeft = new(), rectifiedRight = new();
            rectifier.Rectify(left, right, rectifiedLeft, rectifiedRight);
            AssertSame(rectifiedLeft, folder.File("python-left.png"));
            AssertSame(rectifiedRight, folder.File("python-right.png"));
        }
        var verified = await RunAsync("--verify", folder.File("blog.npz"), "--board", "9x6", "--square", "25mm", "--json");
        Assert.Contains("\"verdict\":\"good\"", verified.Output, StringComparison.Ordinal);
    }

    private static void AssertSame(OpenCvSharp.Mat ours, string theirs)
    {
        using var expected = EncodedPicture.DecodeGrey(File.ReadAllBytes(theirs), theirs);
        for (var y = 0; y < expected.Rows; y++)
            Assert.Equal(expected.RowSpan<byte>(y).ToArray(), ours.RowSpan<byte>(y).ToArray());
    }

    private async Task<JsonElement> FiguresAsync()
    {
        var outcome = await RunAsync("--board", "9x6", "--square", "25mm", "--out", folder.File("rig.npz"), "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return JsonDocument.Parse(outcome.Output.Trim().Split('\n')[^1]).RootElement;
    }

    private async Task AssertFailsAsync(string expected, params string[] arguments)
    {
        var outcome = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["calibrate", .. arguments, "--square", "25mm", "--out", folder.File("rig.npz")]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith(expected, outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.Trim().Split('\n'));
        Assert.Empty(Directory.GetFiles(folder.Path, "rig.*"));
    }

    private Task<Tool.Outcome> RunAsync(params string[] arguments) =>
        Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["calibrate", "--left", folder.File("left*.jpg"), "--right", folder.File("right*.jpg"), .. arguments]);
}
