using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>What stands still in front of the rig: a room with things in it from 0.6 to 4 m. Metres; x right, y down, z away from the left eye.</summary>
internal static class Room
{
    /// <summary>How far the floor lies below the left eye.</summary>
    public const float FloorY = 0.95f;

    private const float CeilingY = -1.7f;

    public static Shape[] Shapes { get; } = [.. Walls(), .. Things()];

    /// <summary>The same without the things in it.</summary>
    public static Shape[] Empty { get; } = Walls();

    private static Shape[] Walls()
    {
        var brick = new Courses(new Mottled(Rgb(186, 104, 78), Rgb(150, 82, 70), 0.30f, 0.36f), Rgb(196, 188, 176), 0.25f, 0.085f, 0.010f);
        var planks = new Courses(new Mottled(Rgb(176, 134, 90), Rgb(132, 96, 62), 0.25f, 0.32f), Rgb(70, 50, 36), 0.90f, 0.14f, 0.006f);
        var green = new Mottled(Rgb(122, 150, 126), Rgb(158, 168, 130), 0.50f, 0.32f);
        var blue = new Mottled(Rgb(96, 128, 158), Rgb(134, 156, 168), 0.50f, 0.32f);
        return
        [
            Wall(new(-1.6f, 0, 4.0f), new(2.2f, 0, 4.0f), brick),
            Wall(new(1.30f, 0, 1.7f), new(0.92f, 0, 4.0f), green, mirrored: true),
            Wall(new(-1.60f, 0, 0.3f), new(-1.60f, 0, 4.0f), blue),
            // Beyond the right wall's near end the room goes on; nothing ends in a hole.
            Wall(new(2.2f, 0, 0.3f), new(2.2f, 0, 4.0f), blue, mirrored: true),
            // The planks run away from the rig.
            new Sheet(new(0.3f, FloorY, 2.1f), new(0, 0, 2.3f), new(2.2f, 0, 0)) { Paint = planks, CastsShadow = false },
            new Sheet(new(0.3f, CeilingY, 2.1f), new(2.2f, 0, 0), new(0, 0, 2.3f)) { Paint = green, CastsShadow = false },
        ];
    }

    private static Shape[] Things()
    {
        var oak = new Mottled(Rgb(196, 148, 92), Rgb(150, 104, 62), 0.16f, 0.32f);
        var crate = new Courses(new Mottled(Rgb(212, 172, 116), Rgb(186, 142, 92), 0.12f, 0.32f), Rgb(72, 52, 34), 0.9f, 0.10f, 0.012f);
        var steel = new Mottled(Rgb(120, 130, 142), Rgb(84, 92, 104), 0.10f, 0.36f);
        var teal = new Mottled(Rgb(64, 140, 136), Rgb(44, 108, 116), 0.10f, 0.32f);
        var cupboard = new Mottled(Rgb(88, 118, 142), Rgb(64, 84, 112), 0.30f, 0.36f);
        var globe = new Patches(new Mottled(Rgb(58, 112, 170), Rgb(40, 84, 140), 0.06f, 0.29f), new Mottled(Rgb(128, 160, 76), Rgb(176, 150, 90), 0.05f, 0.29f), 0.10f);
        var marble = new Patches(new Mottled(Rgb(218, 206, 186), Rgb(186, 166, 150), 0.15f, 0.25f), new Mottled(Rgb(146, 60, 66), Rgb(110, 46, 60), 0.15f, 0.29f), 0.22f);
        var lamp = new Patches(new Mottled(Rgb(232, 186, 84), Rgb(206, 140, 60), 0.08f, 0.25f), new Mottled(Rgb(206, 96, 60), Rgb(176, 76, 60), 0.08f, 0.25f), 0.09f);
        var apple = new Mottled(Rgb(190, 58, 48), Rgb(206, 130, 60), 0.05f, 0.32f);
        var poster = new Patches(new Mottled(Rgb(236, 200, 96), Rgb(214, 128, 76), 0.20f, 0.25f), new Mottled(Rgb(60, 122, 132), Rgb(52, 74, 118), 0.20f, 0.29f), 0.35f);
        var rug = new Patches(new Mottled(Rgb(150, 54, 62), Rgb(122, 40, 56), 0.10f, 0.36f), new Mottled(Rgb(208, 172, 120), Rgb(176, 140, 96), 0.10f, 0.32f), 0.16f);
        return
        [
            // On the back wall and before it.
            new Sheet(new(0.28f, -0.42f, 3.97f), new(0.42f, 0, 0), new(0, 0.30f, 0)) { Paint = poster, CastsShadow = false },
            Standing(-1.12f, 3.45f, 0.34f, 1.75f, 0.22f, 0, cupboard),
            Standing(0.00f, 3.25f, 0.23f, 0.46f, 0.23f, 28, crate),
            Standing(-0.02f, 3.27f, 0.15f, 0.28f, 0.15f, 8, teal, onTopOf: 0.46f),
            new Sphere(new(0.50f, FloorY - 0.30f, 2.78f), 0.30f) { Paint = marble },
            new Sheet(new(0.02f, FloorY - 0.004f, 1.95f), new(0.62f, 0, 0), new(0, 0, -0.42f)) { Paint = rug, CastsShadow = false },

            // A lamp on its cord.
            new Sphere(new(0.12f, -0.34f, 2.05f), 0.13f) { Paint = lamp },
            new Box(new(0.12f, -1.06f, 2.05f), new(0.008f, 0.60f, 0.008f)) { Paint = steel },

            // The calibration board on its stand.
            .. Board(new(-0.26f, 0.26f, 1.45f), turnDegrees: 11),
            Standing(-0.26f, 1.48f, 0.025f, 0.55f, 0.010f, 11, oak),

            // Close by: a globe on a pedestal, an apple on a post.
            Standing(0.36f, 0.90f, 0.13f, 0.63f, 0.12f, 14, crate),
            new Sphere(new(0.36f, FloorY - 0.63f - 0.10f, 0.90f), 0.10f) { Paint = globe },
            Standing(-0.13f, 0.72f, 0.045f, 0.545f, 0.045f, 40, steel),
            new Sphere(new(-0.13f, FloorY - 0.545f - 0.062f, 0.72f), 0.062f) { Paint = apple },
        ];
    }

    private static Shape[] Board(Vector3 centre, float turnDegrees)
    {
        const float square = 0.040f, halfWidth = 0.245f, halfHeight = 0.185f, halfThickness = 0.008f;
        float cos = MathF.Cos(turnDegrees * MathF.PI / 180), sin = MathF.Sin(turnDegrees * MathF.PI / 180);
        var forward = new Vector3(-sin, 0, -cos) * (halfThickness + 0.0005f);
        return
        [
            new Box(centre, new(halfWidth, halfHeight, halfThickness), turnDegrees) { Paint = new Mottled(Rgb(150, 110, 70), Rgb(120, 84, 52), 0.05f, 0.3f) },
            new Sheet(centre + forward, new Vector3(cos, 0, -sin) * (halfWidth - 0.002f), new(0, halfHeight - 0.002f, 0)) { Paint = new Chessboard(square) },
        ];
    }

    private static Box Standing(float x, float z, float halfWidth, float height, float halfDepth, float turnDegrees, Paint paint, float onTopOf = 0) =>
        new(new(x, FloorY - onTopOf - height / 2, z), new(halfWidth, height / 2, halfDepth), turnDegrees) { Paint = paint };

    // From one end on the ground plan to the other, floor to ceiling; mirrored where the ends run right to left as one faces it.
    private static Sheet Wall(Vector3 from, Vector3 to, Paint paint, bool mirrored = false)
    {
        var middleY = (FloorY + CeilingY) / 2;
        var half = (to - from) / 2 * (mirrored ? -1 : 1);
        return new((from + to) / 2 + new Vector3(0, middleY, 0), half, new(0, (FloorY - CeilingY) / 2, 0)) { Paint = paint, CastsShadow = false };
    }

    private static Vector3 Rgb(int red, int green, int blue) => new Vector3(red, green, blue) / 255;
}
