using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>
/// A calibration board of 9 x 6 inner corners and squares of 40 mm that somebody holds before the rig: still for a while, then moved within
/// 0.3 s to its next place. Where it is depends on the time of capture alone, so both eyes agree, in processes of their own too.
/// </summary>
internal static class HeldBoard
{
    public const float Square = 0.040f;

    // 10 x 7 squares, and a white border half a square wide.
    public const float HalfWidth = 5.5f * Square, HalfHeight = 4 * Square;

    private const long MoveNanoseconds = 300_000_000;

    // What both eyes of the rig can see, as the tangent: its focal length is 0.8 widths, and a board near the border is hard to find.
    private const float HalfView = 0.5f / 0.8f * 0.97f, Baseline = 0.12f;

    public static Paint Paint { get; } = new Chessboard(Square);

    /// <param name="wallClockNanoseconds">Since 1970.</param>
    /// <param name="aspect">Height over width of the pictures.</param>
    /// <param name="rests">How long it is still in each place.</param>
    public static BoardPose At(long wallClockNanoseconds, double aspect, TimeSpan rests)
    {
        var restNanoseconds = (long)rests.TotalNanoseconds;
        var (place, within) = Math.DivRem(wallClockNanoseconds, restNanoseconds + MoveNanoseconds);
        var (from, fromAngles) = Place(place, (float)aspect);
        if (within <= restNanoseconds)
            return BoardPose.Of(from, fromAngles);
        var (to, toAngles) = Place(place + 1, (float)aspect);
        var share = (within - restNanoseconds) / (float)MoveNanoseconds;
        share = share * share * (3 - 2 * share);
        return BoardPose.Of(Vector3.Lerp(from, to, share), Vector3.Lerp(fromAngles, toAngles, share));
    }

    // Any place at which both eyes see the whole board: drawn at random, then moved towards the middle, and further away, until they do.
    private static (Vector3 Centre, Vector3 Angles) Place(long number, float aspect)
    {
        var angles = new Vector3(1.2f * Draw(number, 2) - 0.6f, 1.2f * Draw(number, 3) - 0.6f, 0.6f * Draw(number, 4) - 0.3f);
        var aside = new Vector3(2.4f * (Draw(number, 5) - 0.5f), 2.4f * aspect * (Draw(number, 6) - 0.5f), 0);
        for (var depth = 0.5f + 0.7f * Draw(number, 0) * Draw(number, 1); ; depth += 0.05f)
            for (var share = 1f; share > 0; share -= 0.05f)
                if (new Vector3(Baseline / 2, 0, depth) + aside * (share * depth) is var centre && IsSeen(centre, angles, aspect))
                    return (centre, angles);
    }

    private static bool IsSeen(Vector3 centre, Vector3 angles, float aspect) => BoardPose.Of(centre, angles).Corners(HalfWidth, HalfHeight).All(corner =>
        Math.Abs(corner.X) < HalfView * corner.Z && Math.Abs(corner.X - Baseline) < HalfView * corner.Z && Math.Abs(corner.Y) < HalfView * aspect * corner.Z);

    // From 0 to 1: the fractional parts of multiples of irrational numbers, spread as evenly as few draws can be.
    private static float Draw(long number, int which)
    {
        double[] steps = [0.6180339887, 0.7548776662, 0.5698402910, 0.8191725134, 0.6710436067, 0.5497004779, 0.8566748839];
        return (float)(number % 1_000_000 * steps[which] % 1);
    }
}
