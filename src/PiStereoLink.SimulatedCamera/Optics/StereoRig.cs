namespace PiStereoLink.SimulatedCamera.Optics;

/// <summary>Two cameras side by side, as they were mounted: never quite parallel, never quite alike. Metres and pixels.</summary>
/// <remarks>OpenCV's convention: x right, y down, z forward, and a point in the right camera is R * (point in the left) + T.</remarks>
internal sealed class StereoRig
{
    // A focal length of 0.8 widths and 12 cm put 0.5 m at 123 px and 4 m at 15 px in a picture 640 wide:
    // inside the 4..132 px that a matcher with 128 disparities from 4 on can find.
    private const double BaselineMetres = 0.12;

    /// <summary>Mounts the rig for pictures of this size in pixels: the same optics, read out finer or coarser, or only in part.</summary>
    public StereoRig(int width, int height, Roi roi)
    {
        (Width, Height) = (width, height);
        Left = LensOf(0.8000, 0.7992, +0.0060, -0.0045, -0.145, 0.046, 0.0008, -0.0006, -0.006);
        Right = LensOf(0.8040, 0.8031, -0.0050, +0.0055, -0.138, 0.041, -0.0005, 0.0007, -0.005);
        Rotation = FromVector(0.0042, -0.0061, 0.0035);
        Translation = [-BaselineMetres, 0.0007, -0.0011];

        Lens LensOf(double fx, double fy, double cx, double cy, double k1, double k2, double p1, double p2, double k3) =>
            new(
                fx * width / roi.Width, fy * width / roi.Height,
                CutOut((width - 1) / 2.0 + cx * width, width, roi.X, roi.Width), CutOut((height - 1) / 2.0 + cy * width, height, roi.Y, roi.Height),
                k1, k2, p1, p2, k3);

        // Whole numbers are pixel centres, so a pixel begins half a pixel before.
        static double CutOut(double centre, int size, double from, double part) => (centre + 0.5 - from * size) / part - 0.5;
    }

    /// <summary>Picture width in pixels.</summary>
    public int Width { get; }

    /// <summary>Picture height in pixels.</summary>
    public int Height { get; }

    /// <summary>The left lens.</summary>
    public Lens Left { get; }

    /// <summary>The right lens.</summary>
    public Lens Right { get; }

    /// <summary>R, row by row.</summary>
    public double[] Rotation { get; }

    /// <summary>T in metres.</summary>
    public double[] Translation { get; }

    /// <summary>The lens of one eye.</summary>
    public Lens Of(Eye eye) => eye == Eye.Left ? Left : Right;

    // Rodrigues: the vector's direction is the axis, its length the angle in radians.
    private static double[] FromVector(double x, double y, double z)
    {
        var angle = Math.Sqrt(x * x + y * y + z * z);
        (x, y, z) = (x / angle, y / angle, z / angle);
        double c = Math.Cos(angle), s = Math.Sin(angle), k = 1 - c;
        return
        [
            c + x * x * k, x * y * k - z * s, x * z * k + y * s,
            y * x * k + z * s, c + y * y * k, y * z * k - x * s,
            z * x * k - y * s, z * y * k + x * s, c + z * z * k,
        ];
    }
}
