using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>How the picture is laid over what the sensor sees: its size, its cut-out, its flips.</summary>
internal sealed record Framing(int Width, int Height)
{
    public Roi Roi { get; init; } = Roi.Whole;

    public bool FlipAcross { get; init; }

    public bool FlipDown { get; init; }

    /// <summary>Turned by half: both flips.</summary>
    public Framing TurnedByHalf => this with { FlipAcross = !FlipAcross, FlipDown = !FlipDown };

    /// <summary>Flips blue, green, red bytes where they stand.</summary>
    public void Flip(byte[] bgr)
    {
        var rowBytes = 3 * Width;
        if (FlipAcross)
            for (var row = 0; row < Height; row++)
                FlipRow(bgr.AsSpan(row * rowBytes, rowBytes));
        if (!FlipDown)
            return;
        var kept = new byte[rowBytes];
        for (int top = 0, bottom = Height - 1; top < bottom; top++, bottom--)
        {
            var upper = bgr.AsSpan(top * rowBytes, rowBytes);
            var lower = bgr.AsSpan(bottom * rowBytes, rowBytes);
            upper.CopyTo(kept);
            lower.CopyTo(upper);
            kept.CopyTo(lower);
        }
    }

    private static void FlipRow(Span<byte> row)
    {
        // Reversed as bytes, each pixel is red, green, blue.
        row.Reverse();
        for (var at = 0; at < row.Length; at += 3)
            (row[at], row[at + 2]) = (row[at + 2], row[at]);
    }
}
