using OpenCvSharp;
using PiStereoLink.Tests.Vision;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.DepthCommands;

public sealed class SplitAndRectify : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("ps4", null, 1264, 1328, 64)]
    [InlineData("ps4-sensor", null, 1280, 1328, 48)]
    [InlineData("ps4", "left", 1264, 64, 1328)]
    public async Task A_PS4_frame_is_cut_pixel_for_pixel(string layout, string? first, int width, int leftX, int rightX)
    {
        using var frame = new Mat(808, 3448, MatType.CV_8UC1);
        new Random(1).NextBytes(frame.AsSpan<byte>());
        string[] order = first is null ? [] : ["--first", first];
        var result = await Desk.JsonAsync(
            ["split", "--layout", layout, "--in", desk.Put("frame.png", frame.ImEncode(".png")), "--out-left", desk["left.png"], "--out-right", desk["right.png"], .. order]);
        Assert.Equal((width, 800, leftX, rightX), (result.GetProperty("width").GetInt32(), result.GetProperty("height").GetInt32(), result.GetProperty("leftX").GetInt32(), result.GetProperty("rightX").GetInt32()));
        foreach (var (file, x) in new[] { ("left.png", leftX), ("right.png", rightX) })
        {
            using var eye = EncodedPicture.DecodeAsStored(File.ReadAllBytes(desk[file]), file);
            Assert.Equal((width, 800, MatType.CV_8UC1), (eye.Cols, eye.Rows, eye.Type()));
            foreach (var y in new[] { 0, 399, 799 })
                Assert.Equal(frame.RowSpan<byte>(y).Slice(x, width).ToArray(), eye.RowSpan<byte>(y).ToArray());
        }
    }

    [Fact]
    public async Task A_pair_is_rectified_as_the_library_rectifies_it()
    {
        var (left, right) = (MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        var rig = MadeUpRig.Calibration();
        rig.Save(desk["rig.npz"]);
        var result = await Desk.JsonAsync(
            "rectify", "--left", desk.Put("left.jpg", left), "--right", desk.Put("right.jpg", right), "--calibration", desk["rig.npz"], "--out-left", desk["l.png"], "--out-right", desk["r.png"]);
        Assert.Equal(rig.BaselineMetres!.Value, result.GetProperty("baselineMetres").GetDouble(), 9);
        Assert.Equal([rig.LeftRoi.X, rig.LeftRoi.Y, rig.LeftRoi.Width, rig.LeftRoi.Height], result.GetProperty("leftRoi").EnumerateArray().Select(number => number.GetInt32()));

        using var rectifier = new Rectifier(rig);
        using var leftPicture = EncodedPicture.DecodeColour(left, "left");
        using var rightPicture = EncodedPicture.DecodeColour(right, "right");
        using var expectedLeft = new Mat();
        using var expectedRight = new Mat();
        rectifier.Rectify(leftPicture, rightPicture, expectedLeft, expectedRight);
        foreach (var (file, expected) in new[] { ("l.png", expectedLeft), ("r.png", expectedRight) })
        {
            using var written = EncodedPicture.DecodeColour(File.ReadAllBytes(desk[file]), file);
            for (var y = 0; y < expected.Rows; y++)
                Assert.Equal(expected.RowSpan<Bgr>(y).ToArray(), written.RowSpan<Bgr>(y).ToArray());
        }
    }
}
