using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class StereoLayoutTests
{
    [Theory]
    [InlineData("ps4", 3448, 808, 1328, 64, 1264, 800)]
    [InlineData("ps4-sensor", 3448, 808, 1328, 48, 1280, 800)]
    [InlineData("ps4-sensor", 1748, 408, 688, 48, 640, 400)]
    [InlineData("ps4-sensor", 898, 200, 368, 48, 320, 192)]
    [InlineData("side-by-side", 1280, 480, 0, 640, 640, 480)]
    public void The_eyes_lie_where_the_camera_puts_them(string name, int frameWidth, int frameHeight, int leftX, int rightX, int width, int height) =>
        Assert.Equal(
            (new Rect(leftX, 0, width, height), new Rect(rightX, 0, width, height)),
            StereoLayout.Parse(name).Regions(frameWidth, frameHeight));

    [Fact]
    public void The_order_is_a_setting()
    {
        foreach (var layout in new[] { StereoLayout.Ps4, StereoLayout.Ps4Sensor })
        {
            var (left, right) = layout.Regions(3448, 808);
            Assert.Equal((right, left), layout.Regions(3448, 808, StereoEye.Left));
            Assert.Equal((left, right), layout.Regions(3448, 808, StereoEye.Right));
        }
        Assert.Equal(new Rect(320, 0, 320, 240), StereoLayout.SideBySide.Regions(640, 240, StereoEye.Right).Left);
    }

    [Fact]
    public void The_two_PS4_layouts_differ_by_16_pixels_of_disparity()
    {
        // The same scene point, once in the coordinates of each layout's eyes.
        var (blog, sensor) = (StereoLayout.Ps4.Regions(3448, 808), StereoLayout.Ps4Sensor.Regions(3448, 808));
        var (columnInLeft, columnInRight) = (2000, 700);
        var blogDisparity = (columnInLeft - blog.Left.X) - (columnInRight - blog.Right.X);
        var sensorDisparity = (columnInLeft - sensor.Left.X) - (columnInRight - sensor.Right.X);
        Assert.Equal(16, blogDisparity - sensorDisparity);
    }

    [Theory]
    [InlineData("ps4", 1748, 408, "The frame is 1748x408; the layout ps4 takes 3448x808.")]
    [InlineData("ps4-sensor", 3440, 808, "The frame is 3440x808; the layout ps4-sensor takes 3448x808, 1748x408, 898x200.")]
    [InlineData("side-by-side", 641, 480, "The frame is 641x480; the layout side-by-side takes an even number of columns, two equal halves.")]
    public void Another_size_is_refused_with_those_it_knows(string name, int width, int height, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<InvalidDataException>(() => StereoLayout.Parse(name).Regions(width, height)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_layout_is_refused_with_the_known_ones() =>
        Assert.Equal("The layout is \"ps5\"; ps4, ps4-sensor, side-by-side are allowed.", Assert.Throws<FormatException>(() => StereoLayout.Parse("ps5")).Message);

    [Fact]
    public void Windows_into_the_frame_are_given_without_a_copy()
    {
        using var frame = new Mat(2, 6, MatType.CV_8UC1, new Scalar(0));
        var (left, right) = StereoLayout.SideBySide.Split(frame);
        using (left)
        using (right)
        {
            frame.Set<byte>(1, 4, 77);
            Assert.Equal((3, 3, 77), (left.Cols, right.Cols, (int)right.Get<byte>(1, 1)));
        }
    }
}
