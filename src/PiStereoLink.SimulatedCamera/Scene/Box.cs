using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>An upright box, turned about the vertical.</summary>
internal sealed class Box(Vector3 centre, Vector3 halfSize, float turnDegrees = 0) : Shape
{
    private readonly float cos = MathF.Cos(turnDegrees * MathF.PI / 180), sin = MathF.Sin(turnDegrees * MathF.PI / 180);

    public override float Meets(Vector3 origin, Vector3 direction)
    {
        Vector3 o = Own(origin - centre), d = Own(direction);
        // Where the ray enters and leaves each pair of faces; a ray along a face divides by zero, and infinity compares right.
        Vector3 one = (-halfSize - o) / d, other = (halfSize - o) / d;
        Vector3 enter = Vector3.Min(one, other), leave = Vector3.Max(one, other);
        var near = Math.Max(enter.X, Math.Max(enter.Y, enter.Z));
        var far = Math.Min(leave.X, Math.Min(leave.Y, leave.Z));
        return near > 0 && near <= far ? near : float.PositiveInfinity;
    }

    public override Vector3 NormalAt(Vector3 place)
    {
        var p = Own(place - centre) / halfSize;
        var size = Vector3.Abs(p);
        var own = size.X >= size.Y && size.X >= size.Z ? new Vector3(MathF.Sign(p.X), 0, 0)
            : size.Y >= size.Z ? new Vector3(0, MathF.Sign(p.Y), 0)
            : new Vector3(0, 0, MathF.Sign(p.Z));
        return new(cos * own.X + sin * own.Z, own.Y, cos * own.Z - sin * own.X);
    }

    private Vector3 Own(Vector3 v) => new(cos * v.X - sin * v.Z, v.Y, cos * v.Z + sin * v.X);
}
