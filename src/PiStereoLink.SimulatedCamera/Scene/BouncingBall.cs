using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>The one thing that moves: a ball that bounces round the room at up to 2 m/s. Where it is depends on the time of capture alone.</summary>
internal static class BouncingBall
{
    public const float Radius = 0.12f;

    // One round takes 3.2 s, in which it bounces three times.
    private const long RoundNanoseconds = 3_200_000_000;
    private const int BouncesPerRound = 3;
    private const float BounceHeight = 0.72f;

    public static Paint Paint { get; } = new Patches(
        new Mottled(new(0.95f, 0.82f, 0.30f), new(0.90f, 0.62f, 0.22f), 0.05f, 0.40f),
        new Mottled(new(0.25f, 0.32f, 0.62f), new(0.36f, 0.24f, 0.50f), 0.05f, 0.40f),
        0.10f);

    /// <summary>The centre at a wall clock time in nanoseconds since 1970, in metres.</summary>
    public static Vector3 CentreAt(long wallClockNanoseconds)
    {
        var share = (double)(wallClockNanoseconds % RoundNanoseconds) / RoundNanoseconds;
        var hop = share * BouncesPerRound % 1;
        var height = BounceHeight * 4 * hop * (1 - hop);
        return new(
            (float)(0.85 * Math.Sin(2 * Math.PI * share)),
            (float)(Room.FloorY - Radius - height),
            (float)(1.95 + 0.27 * Math.Cos(2 * Math.PI * share)));
    }
}
