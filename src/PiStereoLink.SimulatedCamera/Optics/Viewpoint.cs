using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Optics;

/// <summary>Where one eye stands in the room and along which ray each of its pixels looks. Metres; the room's y points down.</summary>
internal sealed class Viewpoint
{
    // The rig stands level with the room's origin and looks down a little, as one does at things on a floor.
    private const double PitchDegrees = 9;

    private readonly Vector3 across, down, forward;

    public Viewpoint(StereoRig rig, Eye eye)
    {
        Lens = rig.Of(eye);
        (Width, Height) = (rig.Width, rig.Height);

        // The rows of R are the right camera's axes in the left camera's frame, and -R't is where it stands.
        double[] r = eye == Eye.Left ? [1, 0, 0, 0, 1, 0, 0, 0, 1] : rig.Rotation;
        double[] t = eye == Eye.Left ? [0, 0, 0] : rig.Translation;
        across = InRoom(r[0], r[1], r[2]);
        down = InRoom(r[3], r[4], r[5]);
        forward = InRoom(r[6], r[7], r[8]);
        Position = -(across * (float)t[0] + down * (float)t[1] + forward * (float)t[2]);

        Rays = new Vector2[Width * Height];
        Parallel.For(0, Height, row =>
        {
            for (var column = 0; column < Width; column++)
                Rays[row * Width + column] = RayAt(column, row);
        });
    }

    public int Width { get; }

    public int Height { get; }

    public Lens Lens { get; }

    public Vector3 Position { get; }

    /// <summary>The undistorted ray (x, y, 1) of each pixel's centre, row by row.</summary>
    public Vector2[] Rays { get; }

    /// <summary>The angle one pixel covers, in radians.</summary>
    public float PixelAngle => (float)(1 / Lens.Fx);

    /// <summary>A direction, or a place, of the left eye's frame in the room; the left eye is the room's origin.</summary>
    public static Vector3 InRoom(Vector3 inLeftEye) => InRoom(inLeftEye.X, inLeftEye.Y, inLeftEye.Z);

    private static Vector3 InRoom(double x, double y, double z)
    {
        var (s, c) = Math.SinCos(PitchDegrees * Math.PI / 180);
        return new((float)x, (float)(c * y + s * z), (float)(c * z - s * y));
    }

    /// <summary>The undistorted ray (x, y, 1) of any place in the picture.</summary>
    public Vector2 RayAt(double column, double row)
    {
        var (x, y) = Lens.Ray(column, row);
        return new((float)x, (float)y);
    }

    /// <summary>A ray's direction in the room, scaled so that its parameter is depth in metres along the optical axis.</summary>
    public Vector3 Direction(Vector2 ray) => across * ray.X + down * ray.Y + forward;

    /// <summary>A place in the room as this camera has it: x right, y down, z forward.</summary>
    public Vector3 InCamera(Vector3 place)
    {
        var from = place - Position;
        return new(Vector3.Dot(from, across), Vector3.Dot(from, down), Vector3.Dot(from, forward));
    }
}
