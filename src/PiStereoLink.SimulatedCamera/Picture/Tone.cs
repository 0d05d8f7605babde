namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>How much more light each colour got than in a well exposed picture; 1 leaves it as it is.</summary>
internal readonly record struct Tone(double Red, double Green, double Blue)
{
    // A picture is encoded with a gamma near 1/2.2: twice the light is 1.37 times the count.
    private const double Gamma = 0.45;

    // Less than half a count at white; then nothing is done, and a settled camera costs nothing.
    private const double Unseen = 1.0 / 512;

    public static Tone Neutral { get; } = new(1, 1, 1);

    /// <summary>Changes blue, green, red bytes where they stand.</summary>
    public void ApplyTo(byte[] bgr)
    {
        var factors = (ReadOnlySpan<double>)[Math.Pow(Blue, Gamma), Math.Pow(Green, Gamma), Math.Pow(Red, Gamma)];
        Span<byte> table = stackalloc byte[256];
        for (var channel = 0; channel < 3; channel++)
        {
            if (Math.Abs(factors[channel] - 1) < Unseen)
                continue;
            for (var count = 0; count < 256; count++)
                table[count] = (byte)Math.Min(255, Math.Round(count * factors[channel]));
            for (var at = channel; at < bgr.Length; at += 3)
                bgr[at] = table[bgr[at]];
        }
    }
}
