using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>Bricks or planks: rows of tiles, each row shifted, each tile of its own tone, with joints between. Metres.</summary>
internal sealed class Courses(Paint body, Vector3 joint, float length, float height, float gap) : Paint
{
    public override Vector3 At(Vector3 place, float footprint)
    {
        var row = MathF.Floor(place.Y / height);
        // Every row starts elsewhere: a wall that repeats would give a matcher two right answers.
        var x = place.X / length + 7.31f * Noise.Of((int)row, 3, 5);
        var column = MathF.Floor(x);
        var tone = 0.72f + 0.5f * Noise.Of((int)row, (int)column, 11);

        float fromSide = Math.Min(x - column, column + 1 - x) * length, fromTop = Math.Min(place.Y - row * height, (row + 1) * height - place.Y);
        var onTile = Edge(Math.Min(fromSide, fromTop) - gap / 2, footprint);
        return Vector3.Lerp(joint, body.At(place, footprint) * tone, onTile);
    }
}
