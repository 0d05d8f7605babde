using System.Numerics;
using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>Turns light into bytes as one of two sensors of a batch does: each with its own gain, tint and noise.</summary>
internal sealed class Sensor
{
    // The noise of a small sensor in room light, after its own denoising: about 1.3 counts.
    private const double NoiseCounts = 1.3;
    private const int LargestNoise = 5;
    private const int TilePixels = 1 << 16;

    private readonly Vector3 gain;
    private readonly byte[] noise = new byte[3 * TilePixels];
    private readonly ulong seed;

    public Sensor(Eye eye)
    {
        gain = eye == Eye.Left ? new(1.00f, 1.00f, 1.00f) : new(0.955f, 0.965f, 0.985f);
        seed = eye == Eye.Left ? 0x9E3779B97F4A7C15u : 0xC2B2AE3D27D4EB4Fu;

        var random = seed;
        for (var pixel = 0; pixel < TilePixels; pixel++)
        {
            // Four uniform numbers add up to something close enough to a bell curve.
            double sum = 0;
            for (var i = 0; i < 4; i++)
                sum += (Next(ref random) >> 40) / (double)(1 << 24) - 0.5;
            var counts = (sbyte)Math.Clamp(Math.Round(sum * NoiseCounts * Math.Sqrt(3)), -LargestNoise, LargestNoise);
            noise.AsSpan(3 * pixel, 3).Fill((byte)counts);
        }
    }

    /// <summary>Writes a colour as blue, green and red, far enough from black and white that noise never wraps round.</summary>
    public void Expose(Vector3 colour, Span<byte> bgr)
    {
        var counts = Vector3.Clamp(colour * gain * 255, new Vector3(LargestNoise + 1), new Vector3(254 - LargestNoise));
        bgr[0] = (byte)counts.Z;
        bgr[1] = (byte)counts.Y;
        bgr[2] = (byte)counts.X;
    }

    /// <summary>Adds noise that belongs to this eye and this instant: the same instant always looks the same.</summary>
    public void AddNoise(byte[] pixels, int rowBytes, long wallClockNanoseconds)
    {
        var random = seed ^ (ulong)wallClockNanoseconds;
        for (var at = 0; at < pixels.Length; at += rowBytes)
            for (var done = 0; done < rowBytes;)
            {
                var start = 3 * (int)(Next(ref random) % TilePixels);
                var length = Math.Min(rowBytes - done, noise.Length - start);
                Add(pixels.AsSpan(at + done, length), noise.AsSpan(start, length));
                done += length;
            }
    }

    private static void Add(Span<byte> pixels, ReadOnlySpan<byte> noise)
    {
        var i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(pixels[i..]) + new Vector<byte>(noise[i..])).CopyTo(pixels[i..]);
        for (; i < pixels.Length; i++)
            pixels[i] += noise[i];
    }

    // SplitMix64: the same on every machine, unlike Random.
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        return z ^ z >> 31;
    }
}
