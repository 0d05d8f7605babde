using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>One broad lamp over the left shoulder and the light of the room around. No gloss: a highlight would sit elsewhere for each eye.</summary>
internal static class Light
{
    private const float Ambient = 0.50f, Lamp = 0.62f;

    private static readonly Vector3 middle = Vector3.Normalize(new(-0.47f, -1.00f, -0.59f));

    private static readonly Vector3[] corners =
    [
        Vector3.Normalize(new(-0.52f, -1.00f, -0.62f)),
        Vector3.Normalize(new(-0.42f, -1.00f, -0.66f)),
        Vector3.Normalize(new(-0.50f, -1.00f, -0.52f)),
        Vector3.Normalize(new(-0.44f, -1.00f, -0.58f)),
    ];

    /// <summary>The directions to the lamp's four corners: four faint shadows make one soft edge.</summary>
    public static ReadOnlySpan<Vector3> Corners => corners;

    /// <summary>How bright a surface is that faces this way and sees this share of the lamp.</summary>
    public static float On(Vector3 normal, float share)
    {
        // Light from above is a little stronger than light from below, so undersides read as undersides.
        return Ambient * (1 - 0.25f * normal.Y) + Lamp * share * Math.Max(0, Vector3.Dot(normal, middle));
    }
}
