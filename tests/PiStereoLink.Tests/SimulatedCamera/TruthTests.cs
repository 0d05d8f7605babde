using System.Text.Json;

namespace PiStereoLink.Tests.SimulatedCamera;

public class TruthTests
{
    private const string Vga = "-n --codec mjpeg -q 90 --width 640 --height 480 --framerate 50 --flush -o - ";

    // Long enough for two processes started together to overlap in an instant whose depth is written, and slow enough that a busy machine leaves none out.
    private const string Overlapping = "-n --codec mjpeg -q 90 --width 640 --height 480 --framerate 15 --flush -o - --frames 75 ";

    [Fact]
    public async Task The_rig_stands_in_the_folder_and_is_the_same_from_both_eyes()
    {
        using var left = new ScratchFolder();
        using var right = new ScratchFolder();
        await CameraProcess.RunAsync("--list-cameras", truth: left.Path);
        await CameraProcess.RunAsync(Vga + "--frames 1 --camera 1", truth: right.Path);

        var rig = left.File("rig.npz");
        Assert.Equal(File.ReadAllBytes(rig), File.ReadAllBytes(right.File("rig.npz")));
        Assert.Equal([640, 480], TruthFiles.Integers(rig, "imageSize"));
        Assert.Equal(512, TruthFiles.Doubles(rig, "K1")[0], 6);
        Assert.Equal(TruthFiles.Doubles(rig, "K1"), TruthFiles.Doubles(rig, "K"));
        Assert.Equal(TruthFiles.Doubles(rig, "D1"), TruthFiles.Doubles(rig, "D"));
        Assert.NotEqual(TruthFiles.Doubles(rig, "K1"), TruthFiles.Doubles(rig, "K2"));
        Assert.NotEqual(TruthFiles.Doubles(rig, "D1"), TruthFiles.Doubles(rig, "D2"));
        Assert.Equal(-0.12, TruthFiles.Doubles(rig, "T")[0], 6);
        var r = TruthFiles.Doubles(rig, "R");
        Assert.Equal(1, r[0] * (r[4] * r[8] - r[5] * r[7]) - r[1] * (r[3] * r[8] - r[5] * r[6]) + r[2] * (r[3] * r[7] - r[4] * r[6]), 12);
        // Nothing half-written is left behind.
        Assert.Equal([rig], Directory.GetFiles(left.Path));
    }

    [Fact]
    public async Task The_rig_has_the_size_of_the_run()
    {
        using var folder = new ScratchFolder();
        await CameraProcess.RunAsync("--list-cameras --width 1280 --height 720", truth: folder.Path);
        Assert.Equal([1280, 720], TruthFiles.Integers(folder.File("rig.npz"), "imageSize"));
        Assert.Equal(1024, TruthFiles.Doubles(folder.File("rig.npz"), "K1")[0], 6);
    }

    [Fact]
    public async Task The_left_eye_writes_the_depth_of_every_tenth_instant_and_the_right_eye_none()
    {
        using var left = new ScratchFolder();
        using var right = new ScratchFolder();
        await Task.WhenAll(
            CameraProcess.RunAsync(CameraProcess.Small + "--frames 45 --metadata " + left.File("m.json"), truth: left.Path),
            CameraProcess.RunAsync(CameraProcess.Small + "--frames 45 --camera 1", truth: right.Path));

        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(left.File("m.json"), TestContext.Current.CancellationToken));
        var tenths = metadata.RootElement.EnumerateArray().Select(about => about.GetProperty("FrameWallClock").GetInt64())
            .Where(time => time / Timed.PeriodNanoseconds % 10 == 0).Select(time => $"left-{time / 1000}.pfm");
        Assert.Equal(tenths, Directory.GetFiles(left.Path, "*.pfm").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(right.Path, "*.pfm"));
    }

    [Fact]
    public async Task Old_depths_are_kept_to_a_bound()
    {
        using var folder = new ScratchFolder();
        for (var i = 0; i < 80; i++)
            await File.WriteAllTextAsync(folder.File($"left-{1_000_000_000_000_000 + i}.pfm"), "old", TestContext.Current.CancellationToken);
        await DepthsAsync(CameraProcess.Small, folder, files => files.Length == 60);
        Assert.Equal(60, Directory.GetFiles(folder.Path, "left-*.pfm").Length);
    }

    [Fact]
    public async Task Depths_are_those_of_the_room()
    {
        using var folder = new ScratchFolder();
        await DepthsAsync(Vga, folder, files => files.Length > 0);
        var camera = new PinholeRig(folder.File("rig.npz"));
        var (width, _, depths) = TruthFiles.Pfm(Directory.GetFiles(folder.Path, "*.pfm")[0]);

        // The room, as its drawing has it: the brick wall 4 m away, the floor 0.95 m below, the rig looking 9 degrees down.
        double c = Math.Cos(9 * Math.PI / 180), s = Math.Sin(9 * Math.PI / 180);
        foreach (var (column, row) in (ReadOnlySpan<(int, int)>)[(260, 60), (230, 150), (410, 170), (200, 20)])
        {
            var (_, y) = camera.LeftRay(column, row);
            Assert.Equal(4.0 / (c - s * y), depths[row * width + column], 1e-3);
        }
        foreach (var (column, row) in (ReadOnlySpan<(int, int)>)[(60, 450), (20, 400), (620, 470), (110, 470)])
        {
            var (_, y) = camera.LeftRay(column, row);
            Assert.Equal(0.95 / (c * y + s), depths[row * width + column], 1e-3);
        }

        // The globe, 10 cm in radius: the ray to its centre meets it that much earlier.
        double x0 = 0.36, y0 = 0.95 - 0.63 - 0.10, z0 = 0.90;
        var (yCamera, zCamera) = (c * y0 - s * z0, s * y0 + c * z0);
        var away = Math.Sqrt(x0 * x0 + y0 * y0 + z0 * z0);
        var (u, v) = camera.ProjectLeft(x0, yCamera, zCamera);
        Assert.Equal(zCamera * (1 - 0.10 / away), depths[(int)Math.Round(v) * width + (int)Math.Round(u)], 1e-3);
    }

    [Fact]
    public async Task The_ball_is_whole_and_where_the_time_of_capture_puts_it()
    {
        using var folder = new ScratchFolder();
        await DepthsAsync(Vga, folder, files => files.Length >= 9);
        var camera = new PinholeRig(folder.File("rig.npz"));
        double c = Math.Cos(9 * Math.PI / 180), s = Math.Sin(9 * Math.PI / 180);

        var files = Directory.GetFiles(folder.Path, "*.pfm");
        Assert.True(files.Length >= 9);
        foreach (var file in files)
        {
            // Its path: round in 3.2 s, three bounces, 12 cm in radius.
            var share = long.Parse(Path.GetFileNameWithoutExtension(file)[5..]) % 3_200_000 / 3.2e6;
            var hop = share * 3 % 1;
            var (x, y, z) = (0.85 * Math.Sin(2 * Math.PI * share), 0.95 - 0.12 - 0.72 * 4 * hop * (1 - hop), 1.95 + 0.27 * Math.Cos(2 * Math.PI * share));
            (y, z) = (c * y - s * z, s * y + c * z);

            var (width, height, depths) = TruthFiles.Pfm(file);
            for (var row = 0; row < height; row += 2)
                for (var column = 0; column < width; column += 2)
                {
                    var (rx, ry) = camera.LeftRay(column, row);
                    var closest = (x * rx + y * ry + z) / (rx * rx + ry * ry + 1);
                    var miss = Math.Sqrt(Math.Pow(x - rx * closest, 2) + Math.Pow(y - ry * closest, 2) + Math.Pow(z - closest, 2));
                    // Whatever is seen there is the ball, or something in front of it.
                    if (miss < 0.117)
                        Assert.True(depths[row * width + column] <= closest, $"{Path.GetFileName(file)}: ({column}, {row}) shows {depths[row * width + column]} m behind the ball at {closest} m");
                }
        }
    }

    [Fact]
    public async Task The_right_eye_sees_each_surface_where_rig_and_depth_put_it()
    {
        using var folder = new ScratchFolder();
        var eyes = await Task.WhenAll(
            CameraProcess.RunAsync(Overlapping + "--camera 0 --metadata " + folder.File("0.json"), truth: folder.Path),
            CameraProcess.RunAsync(Overlapping + "--camera 1 --metadata " + folder.File("1.json")));
        var frames = new[] { 0, 1 }.Select(eye =>
        {
            using var metadata = JsonDocument.Parse(File.ReadAllText(folder.File(eye + ".json")));
            return Jpegs.Split(eyes[eye].Stdout).Zip(metadata.RootElement.EnumerateArray(), (frame, about) => (about.GetProperty("FrameWallClock").GetInt64(), frame)).ToDictionary();
        }).ToList();
        var time = frames[0].Keys.Intersect(frames[1].Keys).Order().Last(time => File.Exists(folder.File($"left-{time / 1000}.pfm")));

        var rig = new PinholeRig(folder.File("rig.npz"));
        var depths = TruthFiles.Pfm(folder.File($"left-{time / 1000}.pfm")).Values;
        using var left = new GreyPicture(frames[0][time]);
        using var right = new GreyPicture(frames[1][time]);
        List<double> where = [], besides = [];
        for (var row = 12; row < 470; row += 7)
            for (var column = 130; column < 630; column += 7)
            {
                var (u, v) = rig.LeftToRight(column, row, depths[row * 640 + column]);
                if (u is < 10 or > 628 || v is < 10 or > 468)
                    continue;
                where.Add(GreyPicture.Difference(left, column, row, right, u, v));
                besides.Add(GreyPicture.Difference(left, column, row, right, u + 3, v));
            }
        // Four pixels in five are seen by both eyes; three pixels off, the texture is another one.
        Assert.True(where.Count > 3000);
        Assert.True(where.Count(difference => difference < 8) > 0.8 * where.Count, $"median difference {where.Order().ElementAt(where.Count / 2)}");
        Assert.True(besides.Count(difference => difference < 8) < 0.5 * besides.Count, $"median difference {besides.Order().ElementAt(besides.Count / 2)}");
    }

    /// <summary>Runs it until the depths are there. A busy machine leaves out instants of the grid, so how many frames that takes nobody knows.</summary>
    private static async Task DepthsAsync(string options, ScratchFolder folder, Func<string[], bool> enough)
    {
        using var camera = CameraProcess.Start(options.Replace("-o - ", "-o /dev/null ", StringComparison.Ordinal) + "-t 0", truth: folder.Path);
        await Until.TrueAsync(() => Task.FromResult(enough(Directory.GetFiles(folder.Path, "left-*.pfm"))));
        camera.Interrupt();
        await camera.ExitCodeAsync();
    }
}
