using System.Numerics;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Scene;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>The held board as one eye sees it at one instant.</summary>
internal sealed class BoardInView : IMover
{
    private readonly Viewpoint view;
    private readonly Vector3 centre, across, down, normal;
    private readonly int left, top, right, bottom;

    public BoardInView(Viewpoint view, long wallClockNanoseconds, TimeSpan rests)
    {
        this.view = view;
        var pose = HeldBoard.At(wallClockNanoseconds, (double)view.Height / view.Width, rests);
        centre = Viewpoint.InRoom(pose.Centre);
        (across, down) = (Viewpoint.InRoom(pose.Across), Viewpoint.InRoom(pose.Down));
        normal = Vector3.Normalize(Vector3.Cross(down, across));

        // Lines bend outwards between two corners, by less than a twentieth of the picture.
        var seen = new BoardPose(centre, across, down).Corners(HeldBoard.HalfWidth, HeldBoard.HalfHeight)
            .Select(view.InCamera).Select(corner => view.Lens.Project(corner.X / corner.Z, corner.Y / corner.Z)).ToArray();
        var more = view.Width / 20;
        left = Math.Max(0, (int)seen.Min(at => at.U) - more);
        top = Math.Max(0, (int)seen.Min(at => at.V) - more);
        right = Math.Min(view.Width - 1, (int)seen.Max(at => at.U) + more);
        bottom = Math.Min(view.Height - 1, (int)seen.Max(at => at.V) + more);
    }

    public void ForEachPixel(float[] stillDepths, IMover.Visit visit)
    {
        for (var row = top; row <= bottom; row++)
            for (var column = left; column <= right; column++)
            {
                var pixel = row * view.Width + column;
                var direction = view.Direction(view.Rays[pixel]);
                var approach = Vector3.Dot(direction, normal);
                if (approach >= 0)
                    continue;
                var depth = Vector3.Dot(centre - view.Position, normal) / approach;
                var from = view.Position + direction * depth - centre;
                var (x, y) = (Vector3.Dot(from, across), Vector3.Dot(from, down));
                var slant = -approach / direction.Length();
                var footprint = depth * direction.Length() * view.PixelAngle / MathF.Sqrt(Math.Max(0.1f, slant));
                // How far inside the sheet's nearest edge, in pixels.
                var coverage = Math.Clamp(Math.Min(HeldBoard.HalfWidth - Math.Abs(x), HeldBoard.HalfHeight - Math.Abs(y)) / footprint + 0.5f, 0, 1);
                if (coverage > 0 && depth < stillDepths[pixel])
                    visit(pixel, coverage, depth, HeldBoard.Paint.At(new(x, y, 0), footprint) * Light.On(normal, share: 1));
            }
    }
}
