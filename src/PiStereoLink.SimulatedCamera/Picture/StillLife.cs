using System.Numerics;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Scene;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>Everything that stands still, rendered once for one eye: colour, and depth in metres along that eye's axis.</summary>
internal sealed class StillLife
{
    // A regular 2 x 2 grid within the pixel.
    private static readonly Vector2[] Subsamples = [new(-0.25f, -0.25f), new(0.25f, -0.25f), new(-0.25f, 0.25f), new(0.25f, 0.25f)];

    // A shadow ray must not meet the very surface it starts from.
    private const float OffTheSurface = 0.0005f;

    private readonly Shape?[] met;
    private readonly Shape[] shapes = Stage.Shapes;
    private readonly Shape[] casters = [.. Stage.Shapes.Where(shape => shape.CastsShadow)];

    public StillLife(Viewpoint view)
    {
        Colours = new Vector3[view.Width * view.Height];
        Depths = new float[view.Width * view.Height];
        met = new Shape?[view.Width * view.Height];
        Parallel.For(0, view.Height, row =>
        {
            for (var pixel = row * view.Width; pixel < (row + 1) * view.Width; pixel++)
                (Depths[pixel], met[pixel]) = Nearest(view.Position, view.Direction(view.Rays[pixel]));
        });
        Parallel.For(0, view.Height, row =>
        {
            for (var column = 0; column < view.Width; column++)
                Colours[row * view.Width + column] = IsBorder(view, column, row) ? LookFourTimes(view, column, row) : LookOnce(view, row * view.Width + column);
        });
    }

    /// <summary>Red, green and blue from 0 to 1, row by row.</summary>
    public Vector3[] Colours { get; }

    /// <summary>Depth of each pixel's centre in metres, row by row.</summary>
    public float[] Depths { get; }

    private bool IsBorder(Viewpoint view, int column, int row)
    {
        var shape = met[row * view.Width + column];
        for (var y = Math.Max(0, row - 1); y <= Math.Min(view.Height - 1, row + 1); y++)
            for (var x = Math.Max(0, column - 1); x <= Math.Min(view.Width - 1, column + 1); x++)
                if (met[y * view.Width + x] != shape)
                    return true;
        return false;
    }

    // One surface fills the pixel, and its paint is never finer than a pixel: one look shows it all.
    private Vector3 LookOnce(Viewpoint view, int pixel) =>
        Look(view, view.Direction(view.Rays[pixel]), Depths[pixel], met[pixel], Light.Corners);

    private Vector3 LookFourTimes(Viewpoint view, int column, int row)
    {
        var sum = Vector3.Zero;
        for (var s = 0; s < Subsamples.Length; s++)
        {
            var direction = view.Direction(view.RayAt(column + Subsamples[s].X, row + Subsamples[s].Y));
            var (depth, shape) = Nearest(view.Position, direction);
            sum += Look(view, direction, depth, shape, Light.Corners.Slice(s, 1));
        }
        return sum / Subsamples.Length;
    }

    private Vector3 Look(Viewpoint view, Vector3 direction, float depth, Shape? shape, ReadOnlySpan<Vector3> lampCorners)
    {
        if (shape is null)
            return Vector3.Zero;

        var place = view.Position + direction * depth;
        var normal = shape.NormalAt(place);
        // Between the length and the width of the pixel's slanted patch: sharp enough along, smooth enough across.
        var distance = depth * direction.Length();
        var slant = Math.Max(0.1f, -Vector3.Dot(normal, direction) / direction.Length());
        var footprint = distance * view.PixelAngle / MathF.Sqrt(slant);

        var colour = shape.Paint.At(shape.OnPaint(place), footprint);
        var lit = 0;
        foreach (var corner in lampCorners)
            lit += InShadow(place + normal * OffTheSurface, corner) ? 0 : 1;
        return colour * Light.On(normal, (float)lit / lampCorners.Length);
    }

    private (float Depth, Shape? Shape) Nearest(Vector3 origin, Vector3 direction)
    {
        var nearest = float.PositiveInfinity;
        Shape? met = null;
        foreach (var shape in shapes)
        {
            var depth = shape.Meets(origin, direction);
            if (depth < nearest)
                (nearest, met) = (depth, shape);
        }
        return (nearest, met);
    }

    private bool InShadow(Vector3 place, Vector3 towardsLight)
    {
        foreach (var shape in casters)
            if (shape.Meets(place, towardsLight) < float.PositiveInfinity)
                return true;
        return false;
    }
}
