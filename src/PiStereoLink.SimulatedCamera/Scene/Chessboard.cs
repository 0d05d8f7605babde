using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>A calibration board of 9 x 6 inner corners on white card, centred on its sheet; square in metres.</summary>
internal sealed class Chessboard(float square) : Paint
{
    private const int Columns = 10, Rows = 7;

    public override Vector3 At(Vector3 place, float footprint)
    {
        // Paper fibre: a trace of texture, or a matcher finds nothing inside a square.
        var paper = 0.90f + 0.07f * Noise.Fractal(place, 0.02f, footprint);
        var ink = 0.13f + 0.05f * Noise.Fractal(place + new Vector3(0, 0, 5), 0.02f, footprint);

        float x = place.X / square + Columns / 2f, y = place.Y / square + Rows / 2f;
        var onBoard = Edge(Math.Min(Math.Min(x, Columns - x), Math.Min(y, Rows - y)) * square, footprint);
        // A square wave in each direction, one pixel soft; their product is the board.
        var wave = Wave(x, footprint) * Wave(y, footprint);
        var white = 1 - onBoard * (0.5f + 0.5f * wave);
        return new Vector3(ink + (paper - ink) * white);
    }

    private float Wave(float squares, float footprint)
    {
        var nearest = MathF.Round(squares);
        var side = ((int)nearest & 1) == 0 ? 1 : -1;
        return side * (2 * Edge((squares - nearest) * square, footprint) - 1);
    }
}
