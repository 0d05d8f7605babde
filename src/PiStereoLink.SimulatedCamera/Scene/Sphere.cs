using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>A sphere.</summary>
internal sealed class Sphere(Vector3 centre, float radius) : Shape
{
    public override float Meets(Vector3 origin, Vector3 direction)
    {
        var from = origin - centre;
        var a = direction.LengthSquared();
        var b = Vector3.Dot(from, direction);
        var discriminant = b * b - a * (from.LengthSquared() - radius * radius);
        if (discriminant < 0)
            return float.PositiveInfinity;
        var near = (-b - MathF.Sqrt(discriminant)) / a;
        return near > 0 ? near : float.PositiveInfinity;
    }

    public override Vector3 NormalAt(Vector3 place) => (place - centre) / radius;
}
