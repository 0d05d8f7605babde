using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>Where a board is held, in the left eye's frame (x right, y down, z forward; metres): its middle, and its own axes.</summary>
internal readonly record struct BoardPose(Vector3 Centre, Vector3 Across, Vector3 Down)
{
    /// <summary>From a place and from angles about the eye's axes, radians.</summary>
    public static BoardPose Of(Vector3 centre, Vector3 angles)
    {
        var turn = Matrix4x4.CreateRotationX(angles.X) * Matrix4x4.CreateRotationY(angles.Y) * Matrix4x4.CreateRotationZ(angles.Z);
        return new(centre, Vector3.TransformNormal(Vector3.UnitX, turn), Vector3.TransformNormal(Vector3.UnitY, turn));
    }

    /// <summary>The corners of a rectangle in the board's plane, half its sides given.</summary>
    public IEnumerable<Vector3> Corners(float halfWidth, float halfHeight)
    {
        foreach (var (x, y) in new[] { (-1, -1), (1, -1), (1, 1), (-1, 1) })
            yield return Centre + Across * (x * halfWidth) + Down * (y * halfHeight);
    }
}
