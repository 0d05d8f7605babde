using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace PiStereoLink.Tests.SimulatedCamera;

public class RaspistillTests
{
    private const string Raspistill = "raspistill";
    private const string Small = "-n -w 160 -h 120 -th none ";

    /// <summary>Exposed alike each time.</summary>
    private const string Fixed = "-t 50 -ss 10000 -ag 2 -dg 1 -awb off -awbg 1.62,1.87 ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_picture_is_taken_at_the_timeout_and_stands_whole_under_its_name()
    {
        using var folder = new ScratchFolder();
        var renamed = new TaskCompletionSource<(string?, string?)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder.Path);
        watcher.Renamed += (_, e) => renamed.TrySetResult((e.OldName, e.Name));
        watcher.EnableRaisingEvents = true;
        var (exitCode, _, stderr) = await CameraProcess.RunAsync("-n -w 160 -h 120 -t 100 -o " + folder.File("a.jpg"), named: Raspistill);
        Assert.Equal((0, ""), (exitCode, stderr));
        Assert.Equal(("a.jpg~", "a.jpg"), await renamed.Task.WaitAsync(TimeSpan.FromSeconds(10), Token));

        var jpeg = await File.ReadAllBytesAsync(folder.File("a.jpg"), Token);
        Assert.Equal(((160, 120), (64, 48)), (Jpegs.Size(jpeg), Jpegs.Size(Jpegs.Split(jpeg)[1])));
        var exif = ImageMetadataReader.ReadMetadata(new MemoryStream(jpeg)).OfType<ExifIfd0Directory>().Single();
        Assert.Equal(("RaspberryPi", "RP_imx219", null), (exif.GetString(ExifDirectoryBase.TagMake), exif.GetString(ExifDirectoryBase.TagModel), exif.GetString(ExifDirectoryBase.TagSoftware)));
    }

    [Theory]
    [InlineData("", 64)]
    [InlineData("--nonsense", 64)]
    [InlineData("-w", 64)]
    [InlineData("-w wide", 64)]
    [InlineData("-e tiff", 64)]
    [InlineData("-w 9999", 70)]
    [InlineData("-cs 2", 70)]
    public async Task Wrong_usage_is_64_and_trouble_is_70(string options, int code)
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(options, named: Raspistill);
        Assert.Equal(code, exitCode);
        if (options.Length > 0)
            Assert.NotEqual("", stderr);
    }

    [Theory]
    [InlineData("busy", "mmal: mmal_vc_component_enable: failed to enable component: ENOSPC")]
    [InlineData("no-camera", "Camera is not detected. Please check carefully the camera module is installed correctly")]
    public async Task Without_a_camera_it_says_so(string fault, string words)
    {
        foreach (var named in (string[])[Raspistill, "raspivid"])
        {
            var (exitCode, _, stderr) = await CameraProcess.RunAsync("-n -w 160 -h 120" + (named == Raspistill ? "" : " -cd MJPEG"), fault: fault, named: named);
            Assert.Equal(70, exitCode);
            Assert.Contains(words, stderr, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sigint_ends_it_with_130()
    {
        using var camera = CameraProcess.Start(Small + "-t 0 -set", named: Raspistill);
        await camera.SaysAsync("Exposure now");
        camera.Interrupt();
        Assert.Equal(130, await camera.ExitCodeAsync());
    }

    [Fact]
    public async Task A_timelapse_stays_on_its_grid()
    {
        using var folder = new ScratchFolder();
        using var truth = new ScratchFolder();
        var (exitCode, _, _) = await CameraProcess.RunAsync(Small + "-t 6000 -tl 400 -o " + folder.File("%02d.jpg"), truth: truth.Path, named: Raspistill);
        var times = Stills.Times(truth);
        Assert.Equal(0, exitCode);
        Assert.InRange(times.Length, 5, 14);        // fifteen places; a busy machine leaves some out
        // Each is some frames after its instant; that does not add up. On a busy machine one may be late, not each of the first and of the last.
        var off = times[..3].SelectMany(early => times[^3..].Where(late => late > early).Select(late => Math.Abs(Math.IEEERemainder(late - early, 400)))).Min();
        Assert.True(off < 70, string.Join(' ', times));
    }

    [Fact]
    public async Task Late_pictures_are_said_and_later_ones_left_out()
    {
        using var folder = new ScratchFolder();
        var (_, _, stderr) = await CameraProcess.RunAsync(Small + "-t 7000 -tl 800 -o " + folder.File("%02d.jpg"), fault: "slow-still:700", named: Raspistill);
        Assert.Matches(@"Frame \d+ is \d+ ms late", stderr);
        var skip = System.Text.RegularExpressions.Regex.Match(stderr, @"Skipping frame (\d+) to restart at frame (\d+)");
        Assert.True(skip.Success, stderr);
        Assert.False(File.Exists(folder.File($"{int.Parse(skip.Groups[1].Value):00}.jpg")));
        Assert.True(File.Exists(folder.File($"{int.Parse(skip.Groups[2].Value):00}.jpg")));
    }

    [Fact]
    public async Task Signals_ask_for_a_picture_and_for_the_last_one()
    {
        using var camera = CameraProcess.Start(Small + "-s -set -o -", named: Raspistill);
        await camera.SaysAsync("AWB R=");
        camera.Signal(CameraProcess.Sigusr1);
        // Flushed: no second picture is needed to see the first.
        Assert.Equal((160, 120), Jpegs.Size(await camera.FrameAsync()));
        camera.Signal(CameraProcess.Sigusr2);
        var (exitCode, rest) = await camera.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.True(Jpegs.IsWhole(Assert.Single(Jpegs.Split(rest))));
    }

    [Fact]
    public async Task Fixed_exposure_is_printed_as_set()
    {
        var (_, _, stderr) = await CameraProcess.RunAsync(Small + "-t 50 -set -ss 5000 -ag 4 -dg 1 -awb off -awbg 1.5,1.25", named: Raspistill);
        Assert.Contains("Exposure now 5000, analog gain 1024/256, digital gain 256/256", stderr, StringComparison.Ordinal);
        Assert.Contains("AWB R=384/256, B=320/256", stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gif_shows_the_picture_in_few_colours()
    {
        using var folder = new ScratchFolder();
        Assert.Equal(0, (await CameraProcess.RunAsync(Small + Fixed + "-e gif -o " + folder.File("a.gif"), named: Raspistill)).ExitCode);
        Assert.Equal(0, (await CameraProcess.RunAsync(Small + Fixed + "-e bmp -o " + folder.File("a.bmp"), named: Raspistill)).ExitCode);
        await Tool.RunInstalledAsync("ffmpeg", "-v", "error", "-i", folder.File("a.gif"), "-pix_fmt", "rgb24", "-f", "rawvideo", folder.File("gif.rgb"));
        await Tool.RunInstalledAsync("ffmpeg", "-v", "error", "-i", folder.File("a.bmp"), "-pix_fmt", "rgb24", "-f", "rawvideo", folder.File("bmp.rgb"));
        var (gif, bmp) = (await File.ReadAllBytesAsync(folder.File("gif.rgb"), Token), await File.ReadAllBytesAsync(folder.File("bmp.rgb"), Token));
        Assert.Equal(160 * 120 * 3, gif.Length);
        // Six or seven levels of a colour are 25 counts off at most; the ball has moved on.
        Assert.InRange(Stills.Difference(gif, bmp), 1, 20);
    }

    [Theory]
    [InlineData("", 176, 1.5)]
    [InlineData("-rgb", 176, 3)]
    [InlineData("-bgr", 176, 3)]
    [InlineData("--luma", 176, 1)]
    public async Task Raspiyuv_writes_its_buffers_with_their_padding(string option, int paddedHeight, double bytesPerPixel)
    {
        var (exitCode, raw, stderr) = await CameraProcess.RunAsync($"-n -w 330 -h 170 -t 50 {Fixed}{option} -o -", named: "raspiyuv");
        Assert.True(exitCode == 0, stderr);
        Assert.Equal(352 * paddedHeight * bytesPerPixel, raw.Length);
        // Beside and below the picture there is nothing; the picture itself is nowhere black.
        var bytesPerColumn = option.Contains("gb") || option.Contains("gr") ? 3 : 1;
        var rows = raw.Chunk(352 * bytesPerColumn).Take(paddedHeight).ToArray();
        Assert.All(rows[..170], row => Assert.True(row[..(330 * bytesPerColumn)].All(count => count > 0) && row[(330 * bytesPerColumn)..].All(count => count == 0)));
        Assert.All(rows[170..], row => Assert.All(row, count => Assert.Equal(0, count)));
    }

    [Fact]
    public async Task Raspiyuv_gives_what_raspistill_sees()
    {
        using var folder = new ScratchFolder();
        await CameraProcess.RunAsync($"-n -w 160 -h 112 -t 50 {Fixed}-e bmp -o " + folder.File("a.bmp"), named: Raspistill);
        var bmp = await File.ReadAllBytesAsync(folder.File("a.bmp"), Token);
        var (_, rgb, _) = await CameraProcess.RunAsync($"-n -w 160 -h 112 -t 50 {Fixed}-rgb -o -", named: "raspiyuv");
        var (_, bgr, _) = await CameraProcess.RunAsync($"-n -w 160 -h 112 -t 50 {Fixed}-bgr -o -", named: "raspiyuv");
        // A bmp stands on its head.
        var upright = bmp[54..].Chunk(3 * 160).Reverse().SelectMany(row => row);
        Assert.True(Stills.Difference(upright, bgr) < 8);
        Assert.True(Stills.Difference(upright.Chunk(3).SelectMany(pixel => pixel.Reverse()), rgb) < 8);
    }

    [Fact]
    public async Task Raspiyuv_refuses_what_contradicts_itself()
    {
        var (exitCode, _, stderr) = await CameraProcess.RunAsync(Small.Replace("-th none ", "") + "-rgb -y -o -", named: "raspiyuv");
        Assert.Equal(64, exitCode);
        Assert.StartsWith("--luma and --rgb/--bgr are mutually exclusive\n", stderr, StringComparison.Ordinal);
    }
}
