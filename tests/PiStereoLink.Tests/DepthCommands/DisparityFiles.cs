using System.Globalization;
using System.Text.Json;
using PiStereoLink.Tests.Vision;

namespace PiStereoLink.Tests.DepthCommands;

/// <summary>What <c>disparity</c> writes and <c>evaluate</c> makes of it, against NumPy and OpenCV's own Python on the same files.</summary>
public sealed class DisparityFiles : IDisposable
{
    private const string Evaluate = """
        import sys, json, numpy as np, cv2
        def pfm(path):
            f = open(path, 'rb'); assert f.readline() == b'Pf\n'; w, h = map(int, f.readline().split()); s = float(f.readline())
            return np.frombuffer(f.read(), '<f4' if s < 0 else '>f4').reshape(h, w)[::-1]
        def read(path):
            if path.endswith('.pfm'): return pfm(path)
            d = cv2.imread(path, cv2.IMREAD_UNCHANGED); assert d.dtype == np.uint16 and d.ndim == 2, d.dtype
            return np.where(d == 0, np.inf, d / np.float32(256))
        d = read(sys.argv[1]); t = cv2.imread(sys.argv[2], cv2.IMREAD_GRAYSCALE) / float(sys.argv[3])
        known = t > 0; got = known & np.isfinite(d); e = np.abs(d[got].astype(np.float64) - t[got].astype(np.float32))
        print(json.dumps(dict(bad1=(e > 1).mean() * 100, bad2=(e > 2).mean() * 100, rms=float(np.sqrt((e ** 2).mean())), density=got.sum() / known.sum() * 100,
            filled=float(np.isfinite(d).mean() * 100), shape=list(d.shape))))
        """;

    private const string DirectCall = """
        import sys, cv2, numpy as np
        m = cv2.StereoSGBM_create(2, 48, 7, 300, 1500, 2, 31, 5, 60, 3, cv2.STEREO_SGBM_MODE_SGBM_3WAY)
        l, r = (cv2.imread(p, cv2.IMREAD_GRAYSCALE) for p in sys.argv[1:3])
        d = m.compute(l, r); f = open(sys.argv[3], 'rb'); f.readline(); w, h = map(int, f.readline().split()); f.readline()
        ours = np.frombuffer(f.read(), '<f4').reshape(h, w)[::-1]
        theirs = np.where(d < 2 * 16, np.inf, d / np.float32(16))
        print(int((ours != theirs).sum()), int(np.isfinite(ours).sum()))
        """;

    private readonly Desk desk = new();
    private readonly string left = TestFiles.Shared("middlebury-teddy/im2.png");
    private readonly string right = TestFiles.Shared("middlebury-teddy/im6.png");
    private readonly string truth = TestFiles.Shared("middlebury-teddy/disp2.png");

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("bm", "d.pfm")]
    [InlineData("bm", "d.png")]
    [InlineData("sgbm", "d.pfm")]
    [InlineData("sgbm", "d.png")]
    public async Task Evaluate_equals_an_independent_computation(string matcher, string file)
    {
        var made = await Desk.JsonAsync("disparity", "--left", left, "--right", right, "--matcher", matcher, "--num-disparities", "64", "--out", desk[file]);
        var ours = await Desk.JsonAsync("evaluate", "--disparity", desk[file], "--truth", truth, "--scale", "4");
        using var theirs = JsonDocument.Parse(await Desk.NumPyAsync(Evaluate, desk[file], truth, "4"));
        foreach (var name in new[] { "bad1", "bad2", "rms", "density" })
            Assert.Equal(theirs.RootElement.GetProperty(name).GetDouble(), ours.GetProperty(name).GetDouble(), 1e-4);
        Assert.Equal((450, 375), (made.GetProperty("width").GetInt32(), made.GetProperty("height").GetInt32()));
        if (file == "d.pfm")   // a PNG has no room for a disparity of 0
            Assert.Equal(theirs.RootElement.GetProperty("filled").GetDouble(), made.GetProperty("density").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task Every_parameter_reaches_OpenCV_by_its_name()
    {
        string[] arguments =
        [
            "--matcher", "sgbm", "--min-disparity", "2", "--num-disparities", "48", "--block-size", "7", "--p1", "300", "--p2", "1500", "--disp12-max-diff", "2",
            "--pre-filter-cap", "31", "--uniqueness-ratio", "5", "--speckle-window-size", "60", "--speckle-range", "3", "--mode", "3way",
        ];
        await Desk.JsonAsync(["disparity", "--left", left, "--right", right, "--out", desk["d.pfm"], "--save-preset", desk["kept.json"], .. arguments]);
        var words = (await Desk.NumPyAsync(DirectCall, left, right, desk["d.pfm"])).Split(' ');
        Assert.Equal(0, int.Parse(words[0], CultureInfo.InvariantCulture));
        Assert.True(int.Parse(words[1], CultureInfo.InvariantCulture) > 100_000);

        await Desk.JsonAsync("disparity", "--left", left, "--right", right, "--out", desk["again.pfm"], "--preset", desk["kept.json"]);
        Assert.Equal(File.ReadAllBytes(desk["d.pfm"]), File.ReadAllBytes(desk["again.pfm"]));
        await Desk.JsonAsync("disparity", "--left", left, "--right", right, "--out", desk["other.pfm"], "--preset", desk["kept.json"], "--block-size", "3");
        Assert.NotEqual(File.ReadAllBytes(desk["d.pfm"]), File.ReadAllBytes(desk["other.pfm"]));
    }

    [Fact]
    public async Task The_cost_is_told_in_medians()
    {
        var made = await Desk.JsonAsync("disparity", "--left", left, "--right", right, "--out", desk["d.png"], "--repeat", "3", "--threads", "1", "--view", desk["view.png"], "--colour-map", "turbo");
        var medians = made.GetProperty("medianMs");
        foreach (var stage in new[] { "decode", "match", "total" })
            Assert.True(medians.GetProperty(stage).GetDouble() > 0, $"{made}");
        Assert.True(medians.GetProperty("rectify").GetDouble() >= 0);
        Assert.True(made.GetProperty("cpuMsPerPair").GetDouble() > 0);
        Assert.Equal(3, made.GetProperty("repeats").GetInt32());
        using var view = PiStereoLink.Vision.EncodedPicture.DecodeColour(await File.ReadAllBytesAsync(desk["view.png"], TestContext.Current.CancellationToken), "view");
        Assert.Equal((450, 375), (view.Cols, view.Rows));
    }
}
