using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class DepthPipelineTests
{
    private static readonly StereoBmParameters Parameters = new() { MinDisparity = 0, NumDisparities = 32, BlockSize = 15 };

    [Theory]
    [InlineData(0.8)]
    [InlineData(2)]
    public void A_wall_is_seen_where_it_stands(double depthMetres)
    {
        using var pipeline = new DepthPipeline(MadeUpRig.Calibration(), Parameters);
        var frame = pipeline.Process(MadeUpRig.PictureOfWall(right: false, depthMetres), MadeUpRig.PictureOfWall(right: true, depthMetres));

        var error = DepthTruth.Compare(frame.Disparity, frame.Calibration!, Flat((float)depthMetres));

        Assert.True(error.MedianRelativePercent < 1, $"{error}");
        Assert.True(error.DensityPercent > 75, $"{error}");
        Assert.True(error.ComparedPixels > 50_000, $"{error}");
        Assert.True(frame.Timings.Decode > TimeSpan.Zero && frame.Timings.Rectify > TimeSpan.Zero && frame.Timings.Match > TimeSpan.Zero);
        Assert.Equal(frame.Timings.Decode + frame.Timings.Rectify + frame.Timings.Match, frame.Timings.Total);
    }

    [Fact]
    public void Exif_orientation_does_not_turn_a_stereo_frame()
    {
        var (left, right) = (MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        using var turned = Mat.ImDecode(WithOrientation(left, 6));
        Assert.Equal((MadeUpRig.Height, MadeUpRig.Width), (turned.Cols, turned.Rows));   // a reader that obeys it does turn it
        using var pipeline = new DepthPipeline(MadeUpRig.Calibration(), Parameters);

        var plain = pipeline.Process(left, right);
        var tagged = pipeline.Process(WithOrientation(left, 6), WithOrientation(right, 3));

        Assert.Equal(plain.Disparity.Values.ToArray(), tagged.Disparity.Values.ToArray());
        Assert.Equal(plain.LeftColour().Pixels.ToArray(), tagged.LeftColour().Pixels.ToArray());
    }

    [Fact]
    public void Without_a_calibration_pictures_are_taken_as_rectified()
    {
        var (left, right) = (MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        using var pipeline = new DepthPipeline(parameters: Parameters);
        var frame = pipeline.Process(left, right);
        using var leftGrey = EncodedPicture.DecodeGrey(left, "left");
        using var rightGrey = EncodedPicture.DecodeGrey(right, "right");
        using var matcher = new BlockMatcher(Parameters);

        Assert.Equal(matcher.Compute(leftGrey, rightGrey).Values.ToArray(), frame.Disparity.Values.ToArray());
        Assert.Equal(ColourPicture.Decode(left, "left").Pixels.ToArray(), frame.LeftColour().Pixels.ToArray());
        var error = Assert.Throws<InvalidOperationException>(() => frame.ToPointCloud());
        Assert.StartsWith("This rig has no calibration", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_colour_picture_of_a_frame_is_the_rectified_one()
    {
        var (left, right) = (MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        using var pipeline = new DepthPipeline(MadeUpRig.Calibration(), Parameters);
        using var rectifier = new Rectifier(MadeUpRig.Calibration());
        using var grey = EncodedPicture.DecodeGrey(left, "left");
        using var rectified = new Mat();
        rectifier.RectifyLeft(grey, rectified);

        var colour = pipeline.Process(left, right).LeftColour();

        for (var y = 0; y < colour.Height; y++)
            for (var x = 0; x < colour.Width; x++)
                Assert.InRange(colour.Row(y)[x].Green - rectified.RowSpan<byte>(y)[x], -1, 1);   // the wall is grey
    }

    [Fact]
    public void A_frame_outlives_the_next_pair_and_the_pipeline()
    {
        var (left, right) = (MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        DepthFrame first;
        short[] kept;
        using (var pipeline = new DepthPipeline(MadeUpRig.Calibration(), Parameters))
        {
            first = pipeline.Process(left, right);
            kept = first.Disparity.Values.ToArray();
            var second = pipeline.Process(MadeUpRig.PictureOfWall(right: false, 3), MadeUpRig.PictureOfWall(right: true, 3));
            Assert.NotEqual(kept, second.Disparity.Values.ToArray());
        }
        Array.Clear(left);

        Assert.Equal(kept, first.Disparity.Values.ToArray());
        Assert.True(first.ToPointCloud().Points.Length > 50_000);
    }

    [Fact]
    public void A_pair_of_two_sizes_is_refused()
    {
        using var pipeline = new DepthPipeline();
        var error = Assert.Throws<InvalidDataException>(() => pipeline.Process(Blank(320, 240), Blank(640, 480)));
        Assert.Equal("The left picture is 320x240, the right one 640x480; a pair has one size.", error.Message);
    }

    [Fact]
    public void A_pair_of_another_size_than_the_calibration_is_refused()
    {
        using var pipeline = new DepthPipeline(MadeUpRig.Calibration());
        var error = Assert.Throws<InvalidDataException>(() => pipeline.Process(Blank(640, 480), Blank(640, 480)));
        Assert.Equal("The pair is 640x480, but the calibration is for 320x240.", error.Message);
    }

    [Fact]
    public void What_is_no_picture_is_refused_and_the_next_pair_is_good()
    {
        var (left, right) = (MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        using var pipeline = new DepthPipeline(MadeUpRig.Calibration(), Parameters);
        Assert.StartsWith("The left picture is not", Assert.Throws<InvalidDataException>(() => pipeline.Process([], right)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The right picture is not", Assert.Throws<InvalidDataException>(() => pipeline.Process(left, "no jpeg"u8)).Message, StringComparison.Ordinal);
        // A header and nothing behind it: the size can be read, the picture cannot.
        var startOfScan = left.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        Assert.Throws<InvalidDataException>(() => pipeline.Process(left.AsSpan(0, startOfScan), right));
        Assert.True(pipeline.Process(left, right).Disparity.DensityPercent() > 50);
    }

    [Fact]
    public void Parameters_that_do_not_fit_the_calibration_are_refused_at_once()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new DepthPipeline(MadeUpRig.Calibration(), new StereoBmParameters { NumDisparities = 320 }).Dispose());
        Assert.Contains("the picture is 320 px wide", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_stand_on_the_wall_in_metres_with_x_right_y_down_z_forward()
    {
        using var pipeline = new DepthPipeline(MadeUpRig.Calibration(), Parameters);
        var frame = pipeline.Process(MadeUpRig.PictureOfWall(right: false, 1), MadeUpRig.PictureOfWall(right: true, 1));
        var rig = frame.Calibration!.Rectification!;
        var points = frame.ToPointCloud().Points;

        // Back in the frame of the left camera, every point has z = 1.
        var depths = new List<double>();
        foreach (var p in points)
            depths.Add(rig.R1[0, 2] * p.X + rig.R1[1, 2] * p.Y + rig.R1[2, 2] * p.Z);
        depths.Sort();
        Assert.Equal(1, depths[depths.Count / 2], 0.01);
        Assert.True(points[0].Y < -0.3, "The first row is above the axis.");
        Assert.True(points[^1].Y > 0.3, "The last row is below the axis.");
    }

    [Fact]
    public void Points_are_those_of_opencvs_formula()
    {
        var rig = MadeUpRig.Calibration();
        var (width, height) = (rig.ImageWidth, rig.ImageHeight);
        var random = new Random(3);
        var values = new short[width * height];
        for (var i = 0; i < values.Length; i++)
            values[i] = (short)random.Next(-16, 32 * 16);
        var map = new DisparityMap(width, height, values, 0, 32);
        var cloud = PointCloud.FromDisparity(map, rig, new ColourPicture(width, height, new Bgr[values.Length]), 0.6, 3.5);
        var q = rig.Rectification!.Q;

        var next = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var d = values[y * width + x] / 16.0;
                var w = q[3, 2] * d + q[3, 3];
                var z = q[2, 3] / w;
                if (d < 0 || !(z >= 0.6 && z <= 3.5))
                    continue;
                var point = cloud.Points[next++];
                Assert.Equal((x + q[0, 3]) / w, point.X, 1e-5);
                Assert.Equal((y + q[1, 3]) / w, point.Y, 1e-5);
                Assert.Equal(z, point.Z, 1e-5);
            }
        Assert.Equal(next, cloud.Points.Length);
        Assert.True(next > 1000);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(double.NaN, 1)]
    public void A_range_of_depth_that_cannot_be_is_refused(double near, double far)
    {
        var rig = MadeUpRig.Calibration();
        var map = new DisparityMap(rig.ImageWidth, rig.ImageHeight, new short[rig.ImageWidth * rig.ImageHeight], 0, 32);
        var colour = new ColourPicture(rig.ImageWidth, rig.ImageHeight, new Bgr[rig.ImageWidth * rig.ImageHeight]);
        Assert.Throws<ArgumentException>(() => PointCloud.FromDisparity(map, rig, colour, near, far));
    }

    [Fact]
    public void The_live_picture_is_black_where_there_is_nothing_and_blue_far_and_red_near()
    {
        var map = new DisparityMap(4, 1, [3 * 16, 4 * 16, 68 * 16, 131 * 16], 4, 128);
        var pixels = DisparityPicture.Render(map).Pixels;

        Assert.Equal(default, pixels[0]);
        Assert.Equal(new Bgr(59, 18, 48), pixels[1]);    // Turbo's first entry
        Assert.InRange(pixels[3].Red, 118, 126);         // and its last, a dark red
        Assert.InRange(pixels[3].Blue, 0, 8);
        Assert.True(pixels[2].Green > 200);
        Assert.Equal((4, 1), EncodedPicture.ReadSize(DisparityPicture.EncodeJpeg(map), "live"));
    }

    [Fact]
    public void The_scale_of_the_live_picture_names_colours_and_metres()
    {
        var rig = MadeUpRig.Calibration();
        var scale = DisparityPicture.Scale(new StereoBmParameters(), rig, stops: 3);

        Assert.Equal([4, 67.5, 131], scale.Select(stop => stop.DisparityPx));
        Assert.Equal("#30123b", scale[0].Colour);
        Assert.StartsWith("#7a04", scale[2].Colour, StringComparison.Ordinal);
        Assert.Equal(rig.FocalLengthPx * rig.BaselineMetres / 4, scale[0].DepthMetres);
        Assert.Null(DisparityPicture.Scale(new StereoBmParameters())[0].DepthMetres);
        Assert.Null(DisparityPicture.Scale(new StereoBmParameters { MinDisparity = 0 }, rig)[0].DepthMetres);   // infinitely far
    }

    private static FloatPicture Flat(float depth)
    {
        var values = new float[MadeUpRig.Width * MadeUpRig.Height];
        Array.Fill(values, depth);
        return new FloatPicture(MadeUpRig.Width, MadeUpRig.Height, values);
    }

    private static byte[] Blank(int width, int height) => new ColourPicture(width, height, new Bgr[width * height]).EncodeJpeg();

    /// <summary>An APP1 segment with one TIFF entry, Orientation (0x0112), behind the start of the JPEG.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }
}
