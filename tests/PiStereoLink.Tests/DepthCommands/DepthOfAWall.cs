using System.Text.Json;

namespace PiStereoLink.Tests.DepthCommands;

/// <summary>A rendered wall through the commands: its depth, its points as another program reads them, its quality.</summary>
public sealed class DepthOfAWall : IDisposable
{
    // Reads a PLY by its header alone, whatever the order and types of its properties: NumPy, none of our code.
    private const string ReadPly = """
        import sys, json, numpy as np
        data = open(sys.argv[1], 'rb').read()
        end = data.index(b'end_header\n') + len(b'end_header\n')
        lines = data[:end].decode('ascii').splitlines()
        assert lines[0] == 'ply', lines
        form = [l.split()[1] for l in lines if l.startswith('format ')][0]
        count = [int(l.split()[2]) for l in lines if l.startswith('element vertex ')][0]
        names = dict(float='<f4', float32='<f4', uchar='u1', uint8='u1')
        fields = [(l.split()[2], names[l.split()[1]]) for l in lines if l.startswith('property ')]
        if form == 'ascii':
            text = data[end:].decode('ascii').splitlines()
            assert len(text) == count, (len(text), count)
            p = np.array([tuple(float(v) for v in l.split()) for l in text])
            p = {n: p[:, i] for i, (n, _) in enumerate(fields)}
        else:
            assert form == 'binary_little_endian', form
            assert len(data) - end == count * np.dtype(fields).itemsize
            p = np.frombuffer(data[end:], np.dtype(fields))
        print(json.dumps(dict(form=form, count=count, z=float(np.median(p['z'])), zmin=float(p['z'].min()), zmax=float(p['z'].max()),
            near2=float((abs(p['z'] - np.median(p['z'])) < 0.02 * np.median(p['z'])).mean()), xmin=float(p['x'].min()), xmax=float(p['x'].max()),
            ymin=float(p['y'].min()), ymax=float(p['y'].max()), red=float(p['red'].astype(float).sum()), blue=float(p['blue'].astype(float).sum()),
            sum=float(p['x'].astype(float).sum() + p['y'].astype(float).sum() + p['z'].astype(float).sum()))))
        """;

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Its_depth_is_right_within_one_per_cent(double metres)
    {
        foreach (var matcher in new[] { "bm", "sgbm" })
        {
            var points = await Desk.JsonAsync(Points(metres, "cloud.ply", "--matcher", matcher));
            var cloud = await PlyAsync("cloud.ply");
            Assert.Equal(points.GetProperty("points").GetInt32(), cloud.GetProperty("count").GetInt32());
            Assert.True(points.GetProperty("medianMs").GetDouble() > 0);
            Assert.Equal(metres, cloud.GetProperty("z").GetDouble(), 0.01 * metres);
            Assert.True(cloud.GetProperty("near2").GetDouble() > 0.95, $"{matcher}: {cloud}");
            Assert.True(cloud.GetProperty("count").GetInt32() > 0.6 * WallRig.Width * WallRig.Height, $"{matcher}: {cloud}");
        }
    }

    [Fact]
    public async Task Its_points_are_the_same_in_text_and_in_binary_and_lie_as_the_axes_say()
    {
        await Desk.JsonAsync(Points(1, "binary.ply"));
        await Desk.JsonAsync(Points(1, "text.ply", "--ascii"));
        var (binary, text) = (await PlyAsync("binary.ply"), await PlyAsync("text.ply"));
        Assert.Equal(("binary_little_endian", "ascii"), (binary.GetProperty("form").GetString(), text.GetProperty("form").GetString()));
        foreach (var name in new[] { "count", "zmin", "zmax", "xmin", "xmax", "ymin", "ymax", "red", "blue", "sum" })
            Assert.Equal(binary.GetProperty(name).GetDouble(), text.GetProperty(name).GetDouble(), 1e-6 * Math.Abs(binary.GetProperty(name).GetDouble()) + 1e-9);
        Assert.Equal(320 / 600.0, binary.GetProperty("xmax").GetDouble(), 0.03);
        Assert.Equal(240 / 600.0, binary.GetProperty("ymax").GetDouble(), 0.03);
        Assert.Equal(-240 / 600.0, binary.GetProperty("ymin").GetDouble(), 0.03);
        Assert.Equal(0.5, binary.GetProperty("red").GetDouble() / binary.GetProperty("blue").GetDouble(), 0.05);
    }

    [Fact]
    public async Task Range_region_and_decimation_choose_points()
    {
        var all = (await Desk.JsonAsync(Points(1, "all.ply"))).GetProperty("points").GetInt32();
        Assert.Equal(0, (await Desk.JsonAsync(Points(1, "none.ply", "--range", "1.2:7.5"))).GetProperty("points").GetInt32());
        Assert.InRange((await Desk.JsonAsync(Points(1, "few.ply", "--decimate", "4"))).GetProperty("points").GetInt32(), all / 16 * 0.9, all / 16 * 1.1);
        var region = (await Desk.JsonAsync(Points(1, "region.ply", "--roi", "320,240,100,50"))).GetProperty("points").GetInt32();
        Assert.InRange(region, 4500, 5000);
        var cloud = await PlyAsync("region.ply");
        Assert.True(cloud.GetProperty("xmin").GetDouble() > 0 && cloud.GetProperty("xmax").GetDouble() < 0.172, $"{cloud}");
        Assert.True(cloud.GetProperty("ymin").GetDouble() > 0 && cloud.GetProperty("ymax").GetDouble() < 0.087, $"{cloud}");
    }

    [Fact]
    public async Task Its_quality_is_told()
    {
        for (var i = 1; i <= 3; i++)
        {
            desk.Put($"left-{i}.jpg", WallRig.Picture(right: false, 1.5, i));
            desk.Put($"right-{i}.jpg", WallRig.Picture(right: true, 1.5, i));
        }
        var quality = await Desk.JsonAsync(
            "quality", "--left", desk["left-*.jpg"], "--right", desk["right-*.jpg"], "--calibration", desk.Put("rig.npz", WallRig.Calibration()), "--distance", "1.5");
        Assert.Equal(3, quality.GetProperty("pairs").GetInt32());
        Assert.True(quality.GetProperty("fillRatePercent").GetDouble() > 95, $"{quality}");
        Assert.InRange(quality.GetProperty("planeRmsPx").GetDouble(), 0.001, 0.2);
        Assert.InRange(quality.GetProperty("planeRmsMillimetres").GetDouble(), 0.1, 8);
        Assert.InRange(quality.GetProperty("depthErrorPercent").GetDouble(), -1, 1);
        Assert.Equal(1.5 + quality.GetProperty("depthErrorMillimetres").GetDouble() / 1000, quality.GetProperty("planeDistanceMetres").GetDouble(), 6);
        Assert.InRange(quality.GetProperty("temporalNoisePx").GetDouble(), 0.001, 0.2);

        var said = await Desk.RunAsync("quality", "--left", desk["left-1.jpg"], "--right", desk["right-1.jpg"]);
        Assert.Contains("Distance         unknown; error unknown, unknown %", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swapped_eyes_are_noticed()
    {
        var outcome = await Desk.RunAsync(
            "disparity", "--left", desk.Put("a.jpg", WallRig.Picture(right: true, 1)), "--right", desk.Put("b.jpg", WallRig.Picture(right: false, 1)), "--out", desk["d.pfm"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Left and right seem to be swapped", outcome.Errors, StringComparison.Ordinal);
    }

    private string[] Points(double metres, string output, params string[] more) =>
    [
        "pointcloud", "--left", desk.Put("left.jpg", WallRig.Picture(right: false, metres)), "--right", desk.Put("right.jpg", WallRig.Picture(right: true, metres)),
        "--calibration", desk.Put("rig.npz", WallRig.Calibration()), "--min-disparity", "0", "--num-disparities", "144", "--out", desk[output], .. more,
    ];

    private async Task<JsonElement> PlyAsync(string name)
    {
        using var document = JsonDocument.Parse(await Desk.NumPyAsync(ReadPly, desk[name]));
        return document.RootElement.Clone();
    }
}
