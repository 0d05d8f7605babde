using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Where one frame stands in another: X' = R * X + T, metres.</summary>
internal sealed record Pose(double[,] R, double[] T)
{
    public static Pose From(Vec3d rotation, Vec3d translation)
    {
        var (x, y, z) = (rotation.Item0, rotation.Item1, rotation.Item2);
        var angle = Math.Sqrt((x * x) + (y * y) + (z * z));
        if (angle > 0)
            (x, y, z) = (x / angle, y / angle, z / angle);
        // Rodrigues: R = cos I + (1 - cos) a a^T + sin [a]x
        var (s, c) = Math.SinCos(angle);
        var v = 1 - c;
        return new Pose(
            new[,]
            {
                { c + (v * x * x), (v * x * y) - (s * z), (v * x * z) + (s * y) },
                { (v * x * y) + (s * z), c + (v * y * y), (v * y * z) - (s * x) },
                { (v * x * z) - (s * y), (v * y * z) + (s * x), c + (v * z * z) },
            },
            [translation.Item0, translation.Item1, translation.Item2]);
    }

    public (double X, double Y, double Z) Apply((double X, double Y, double Z) p) =>
        ((R[0, 0] * p.X) + (R[0, 1] * p.Y) + (R[0, 2] * p.Z) + T[0],
         (R[1, 0] * p.X) + (R[1, 1] * p.Y) + (R[1, 2] * p.Z) + T[1],
         (R[2, 0] * p.X) + (R[2, 1] * p.Y) + (R[2, 2] * p.Z) + T[2]);

    /// <summary>From the frame of <paramref name="other"/> into this one, where both give the same board.</summary>
    public Pose After(Pose other)
    {
        var r = new double[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                r[i, j] = (R[i, 0] * other.R[j, 0]) + (R[i, 1] * other.R[j, 1]) + (R[i, 2] * other.R[j, 2]);
        var moved = new Pose(r, [0, 0, 0]).Apply((other.T[0], other.T[1], other.T[2]));
        return new Pose(r, [T[0] - moved.X, T[1] - moved.Y, T[2] - moved.Z]);
    }
}
