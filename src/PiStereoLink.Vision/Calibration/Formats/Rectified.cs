namespace PiStereoLink.Vision;

/// <summary>The rectified geometry where a file tells only a part of it; OpenCV's conventions (cv::stereoRectify).</summary>
internal static class Rectified
{
    /// <summary>
    /// From Q alone, which is 1 0 0 -cx / 0 1 0 -cy / 0 0 0 f / 0 0 -1/Tx (cx-cx')/Tx. It says nothing about how the cameras
    /// were turned: R1 and R2 are the identity, the rectified frames stand for the cameras'.
    /// </summary>
    public static Rectification FromQ(double[,] q, double unitMetres)
    {
        Matrices.Check(q, 4, 4, "Q");
        if (q[3, 2] == 0)
            throw new InvalidDataException("Q has no distance between the cameras (its last row begins with 0 0 0).");
        var (f, cx, cy, tx) = (q[2, 3], -q[0, 3], -q[1, 3], -1 / q[3, 2]);
        return FromParts(Identity(), Identity(), f, cx, cx - q[3, 3] * tx, cy, tx * unitMetres);
    }

    /// <summary>From both rotations and projections, which is what ROS keeps.</summary>
    public static Rectification FromProjections(double[,] r1, double[,] r2, double[,] p1, double[,] p2) =>
        new(r1, r2, p1, p2, Q(p1[0, 0], p1[0, 2], p2[0, 2], p1[1, 2], p2[0, 3] / p2[0, 0]));

    private static Rectification FromParts(double[,] r1, double[,] r2, double f, double cx, double rightCx, double cy, double tx) => new(r1, r2,
        new[,] { { f, 0, cx, 0 }, { 0, f, cy, 0 }, { 0, 0, 1, 0 } },
        new[,] { { f, 0, rightCx, f * tx }, { 0, f, cy, 0 }, { 0, 0, 1, 0 } },
        Q(f, cx, rightCx, cy, tx));

    private static double[,] Q(double f, double cx, double rightCx, double cy, double tx) =>
        new[,] { { 1, 0, 0, -cx }, { 0, 1, 0, -cy }, { 0, 0, 0, f }, { 0, 0, -1 / tx, (cx - rightCx) / tx } };

    private static double[,] Identity() => new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
}
