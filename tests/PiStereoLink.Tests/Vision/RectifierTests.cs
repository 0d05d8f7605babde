using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class RectifierTests
{
    private static readonly double[][] Points =
    [
        [0, 0, 2], [0.5, 0.3, 1.5], [-0.4, 0.35, 1.2], [0.6, -0.4, 2.5], [-0.5, -0.3, 1.8], [0.1, 0.6, 3], [-1, 0.2, 4],
    ];

    [Fact]
    public void The_maps_lead_from_a_rectified_point_to_where_the_camera_saw_it()
    {
        var rig = MadeUpRig.Calibration();
        var geometry = rig.Rectification!;
        foreach (var point in Points)
        {
            var inRight = MadeUpRig.ToRight(point);
            var left = Rectified(geometry.R1, geometry.P1, point);
            var right = Rectified(geometry.R2, geometry.P2, inRight);

            Assert.Equal(left.Y, right.Y, 6);   // one row
            Assert.Equal(left.Z, Depth.FromDisparity(rig, left.X - right.X), 6);
            AssertMap(rig.LeftMapX, rig.LeftMapY, left, MadeUpRig.Project(MadeUpRig.Cameras.K1, MadeUpRig.Cameras.D1, point));
            AssertMap(rig.RightMapX, rig.RightMapY, right, MadeUpRig.Project(MadeUpRig.Cameras.K2, MadeUpRig.Cameras.D2, inRight));
        }
    }

    [Fact]
    public void A_spot_seen_by_both_cameras_lands_in_one_row_of_the_rectified_pictures()
    {
        var rig = MadeUpRig.Calibration();
        using var rectifier = new Rectifier(rig);
        var largestStep = 0.0;
        foreach (var point in Points)
        {
            using var left = Spot(MadeUpRig.Project(MadeUpRig.Cameras.K1, MadeUpRig.Cameras.D1, point));
            using var right = Spot(MadeUpRig.Project(MadeUpRig.Cameras.K2, MadeUpRig.Cameras.D2, MadeUpRig.ToRight(point)));
            using var rectifiedLeft = new Mat();
            using var rectifiedRight = new Mat();
            largestStep = Math.Max(largestStep, Math.Abs(Centre(left).Y - Centre(right).Y));

            rectifier.Rectify(left, right, rectifiedLeft, rectifiedRight);

            var (xl, yl) = Centre(rectifiedLeft);
            var (xr, yr) = Centre(rectifiedRight);
            var expected = Rectified(rig.Rectification!.R1, rig.Rectification.P1, point);
            Assert.Equal(yl, yr, 0.05);
            Assert.Equal(expected.Y, yl, 0.05);
            Assert.Equal(rig.FocalLengthPx!.Value * rig.BaselineMetres!.Value / expected.Z, xl - xr, 0.1);
        }
        Assert.True(largestStep > 2, "As taken, the spots lie in different rows.");
    }

    [Fact]
    public void Fixed_point_maps_give_the_picture_that_float_maps_give()
    {
        var rig = MadeUpRig.Calibration();
        using var rectifier = new Rectifier(rig);
        using var picture = EncodedPicture.DecodeGrey(MadeUpRig.PictureOfWall(right: false, 2), "wall");
        using var fixedPoint = new Mat();
        using var floating = new Mat();

        rectifier.RectifyLeft(picture, fixedPoint);
        Rectifier.RectifyLeftOnce(rig, picture, floating);

        for (var y = 0; y < fixedPoint.Rows; y++)
            Assert.Equal(floating.RowSpan<byte>(y).ToArray(), fixedPoint.RowSpan<byte>(y).ToArray());
    }

    private static (double X, double Y, double Z) Rectified(double[,] r, double[,] p, double[] point)
    {
        double Row(int i) => r[i, 0] * point[0] + r[i, 1] * point[1] + r[i, 2] * point[2];
        return (p[0, 0] * Row(0) / Row(2) + p[0, 2], p[1, 1] * Row(1) / Row(2) + p[1, 2], Row(2));
    }

    private static void AssertMap(ReadOnlySpan<float> mapX, ReadOnlySpan<float> mapY, (double X, double Y, double Z) at, (double X, double Y) expected)
    {
        Assert.Equal(expected.X, Bilinear(mapX, at.X, at.Y), 0.01);
        Assert.Equal(expected.Y, Bilinear(mapY, at.X, at.Y), 0.01);
    }

    private static double Bilinear(ReadOnlySpan<float> map, double x, double y)
    {
        var (ix, iy) = ((int)x, (int)y);
        var (fx, fy) = (x - ix, y - iy);
        var at = iy * MadeUpRig.Width + ix;
        return (1 - fy) * ((1 - fx) * map[at] + fx * map[at + 1]) + fy * ((1 - fx) * map[at + MadeUpRig.Width] + fx * map[at + MadeUpRig.Width + 1]);
    }

    /// <summary>A round white spot of about 8 px on black.</summary>
    private static Mat Spot((double X, double Y) at)
    {
        var picture = new Mat(MadeUpRig.Height, MadeUpRig.Width, MatType.CV_8UC1);
        for (var y = 0; y < MadeUpRig.Height; y++)
        {
            var row = picture.RowSpan<byte>(y);
            for (var x = 0; x < row.Length; x++)
                row[x] = (byte)(250 * Math.Exp(-((x - at.X) * (x - at.X) + (y - at.Y) * (y - at.Y)) / 8));
        }
        return picture;
    }

    private static (double X, double Y) Centre(Mat picture)
    {
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0);
        for (var y = 0; y < picture.Rows; y++)
        {
            var row = picture.RowSpan<byte>(y);
            for (var x = 0; x < row.Length; x++)
            {
                sum += row[x];
                sumX += row[x] * x;
                sumY += row[x] * y;
            }
        }
        return (sumX / sum, sumY / sum);
    }
}
