using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

public class Rectifying
{
    private const double Focal = 500;
    private const double Baseline = 0.08;
    private static readonly Size Size = new(640, 480);

    [Fact]
    public void A_rig_that_is_aligned_already_stays_as_it_is()
    {
        using var camera = Pictures.Matrix(3, 3, Focal, 0, 320, 0, Focal, 240, 0, 0, 1);
        using var noDistortion = Mat.ZerosMat(1, 5, MatType.CV_64FC1);
        using var r = Mat.EyeMat(3, 3, MatType.CV_64FC1);
        using var t = Pictures.Matrix(3, 1, -Baseline, 0, 0);
        using Mat r1 = new(), r2 = new(), p1 = new(), p2 = new(), q = new();
        Cv2.StereoRectify(camera, noDistortion, camera, noDistortion, Size, r, t, r1, r2, p1, p2, q, StereoRectificationFlags.ZeroDisparity, 0, Size, out var valid1, out var valid2);

        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], r1.AsSpan<double>().ToArray().Select(number => Math.Round(number, 9)));
        Assert.Equal(-Focal * Baseline, p2.At<double>(0, 3), 6);
        Assert.Equal(1 / Baseline, q.At<double>(3, 2), 6);
        Assert.Equal((new Rect(0, 0, 640, 480), new Rect(0, 0, 640, 480)), (valid1, valid2));

        using Mat mapX = new(), mapY = new();
        Cv2.InitUndistortRectifyMap(camera, noDistortion, r1, p1, Size, MatType.CV_32FC1, mapX, mapY);
        Assert.Equal((480, 640), (mapX.Rows, mapX.Cols));
        Assert.Equal(123, mapX.At<float>(45, 123), 3);
        Assert.Equal(45, mapY.At<float>(45, 123), 3);
    }

    [Fact]
    public void The_new_size_and_the_valid_parts_may_be_left_out()
    {
        using var camera = Pictures.Matrix(3, 3, Focal, 0, 320, 0, Focal, 240, 0, 0, 1);
        using var distortion = Pictures.Matrix(1, 5, -0.3, 0.1, 0, 0, 0);
        using var turn = Pictures.Matrix(3, 1, 0.01, -0.02, 0.005);
        using var t = Pictures.Matrix(3, 1, -Baseline, 0.001, 0);
        using Mat r = new(), r1 = new(), r2 = new(), p1 = new(), p2 = new(), q = new();
        Cv2.Rodrigues(turn, r);
        Cv2.StereoRectify(camera, distortion, camera, distortion, Size, r, t, r1, r2, p1, p2, q);
        Assert.Equal((new Size(3, 3), new Size(4, 3), new Size(4, 4)), (r1.Size(), p2.Size(), q.Size()));
        Assert.Equal(p1.At<double>(1, 2), p2.At<double>(1, 2), 9); // rows match
    }

    [Fact]
    public void Rodrigues_there_and_back()
    {
        using var turn = Pictures.Matrix(3, 1, 0.1, -0.2, 0.3);
        using Mat matrix = new(), back = new(), jacobian = new();
        Cv2.Rodrigues(turn, matrix);
        Cv2.Rodrigues(matrix, back, jacobian);
        Assert.Equal(turn.AsSpan<double>().ToArray(), back.AsSpan<double>().ToArray().Select(number => Math.Round(number, 9)));
        Assert.Equal(27, jacobian.Total());
    }
}
