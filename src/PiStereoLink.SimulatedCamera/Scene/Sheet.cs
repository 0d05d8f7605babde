using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>A flat rectangle seen from one side: a wall, a floor, a picture. Its two half sides point right and down as one faces it.</summary>
internal sealed class Sheet(Vector3 centre, Vector3 halfAcross, Vector3 halfDown) : Shape
{
    private readonly Vector3 normal = Vector3.Normalize(Vector3.Cross(halfDown, halfAcross));
    private readonly Vector3 across = halfAcross / halfAcross.LengthSquared(), down = halfDown / halfDown.LengthSquared();
    private readonly float halfWidth = halfAcross.Length(), halfHeight = halfDown.Length();

    public override float Meets(Vector3 origin, Vector3 direction)
    {
        var approach = Vector3.Dot(direction, normal);
        if (approach >= 0)
            return float.PositiveInfinity;
        var at = Vector3.Dot(centre - origin, normal) / approach;
        var from = origin + direction * at - centre;
        var inside = at > 0 && Math.Abs(Vector3.Dot(from, across)) <= 1 && Math.Abs(Vector3.Dot(from, down)) <= 1;
        return inside ? at : float.PositiveInfinity;
    }

    public override Vector3 NormalAt(Vector3 place) => normal;

    // Metres from the middle, in the sheet's own plane: patterns hang straight on a slanted wall.
    public override Vector3 OnPaint(Vector3 place)
    {
        var from = place - centre;
        return new(Vector3.Dot(from, across) * halfWidth, Vector3.Dot(from, down) * halfHeight, 0);
    }
}
