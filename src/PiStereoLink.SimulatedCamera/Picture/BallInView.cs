using System.Numerics;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Scene;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>The ball as one eye sees it at one instant; only the few pixels that it covers are looked at.</summary>
internal sealed class BallInView : IMover
{
    private readonly Viewpoint view;
    private readonly Vector3 centre;
    private readonly int left, top, right, bottom;

    public BallInView(Viewpoint view, long wallClockNanoseconds)
    {
        this.view = view;
        centre = BouncingBall.CentreAt(wallClockNanoseconds);

        // The frame of a cube around the ball: off the axis, its far face reaches further in and its near face further out.
        var at = view.InCamera(centre);
        (double left, double top, double right, double bottom) = (view.Width, view.Height, -1, -1);
        for (var x = -1; x <= 1; x++)
            for (var y = -1; y <= 1; y++)
                for (var z = -1; z <= 1; z += 2)
                {
                    var corner = at + new Vector3(x, y, z) * BouncingBall.Radius;
                    var (u, v) = view.Lens.Project(corner.X / corner.Z, corner.Y / corner.Z);
                    (left, top) = (Math.Min(left, u), Math.Min(top, v));
                    (right, bottom) = (Math.Max(right, u), Math.Max(bottom, v));
                }
        this.left = Math.Max(0, (int)left - 1);
        this.top = Math.Max(0, (int)top - 1);
        this.right = Math.Min(view.Width - 1, (int)right + 2);
        this.bottom = Math.Min(view.Height - 1, (int)bottom + 2);
    }

    public void ForEachPixel(float[] stillDepths, IMover.Visit visit)
    {
        for (var row = top; row <= bottom; row++)
            for (var column = left; column <= right; column++)
            {
                var pixel = row * view.Width + column;
                var direction = view.Direction(view.Rays[pixel]);
                var a = direction.LengthSquared();
                var closest = Vector3.Dot(centre - view.Position, direction) / a;
                var miss = Vector3.Distance(view.Position + direction * closest, centre);
                var pixelSize = closest * MathF.Sqrt(a) * view.PixelAngle;

                // A straight edge through the pixel: exact enough for a circle of many pixels.
                var coverage = Math.Clamp((BouncingBall.Radius - miss) / pixelSize + 0.5f, 0, 1);
                if (coverage == 0)
                    continue;
                var half = MathF.Sqrt(Math.Max(0, BouncingBall.Radius * BouncingBall.Radius - miss * miss) / a);
                var depth = closest - half;
                if (depth < stillDepths[pixel])
                    visit(pixel, coverage, depth, Look(view.Position + direction * depth, pixelSize, direction));
            }
    }

    private Vector3 Look(Vector3 place, float pixelSize, Vector3 direction)
    {
        var from = place - centre;
        var normal = Vector3.Normalize(from);
        var slant = Math.Max(0.1f, -Vector3.Dot(normal, direction) / direction.Length());
        // The paint turns with nothing and travels with the ball.
        return BouncingBall.Paint.At(from, pixelSize / MathF.Sqrt(slant)) * Light.On(normal, share: 1);
    }
}
