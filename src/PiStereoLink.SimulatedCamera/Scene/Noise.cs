using System.Numerics;
using System.Runtime.CompilerServices;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>Solid noise: a texture that fills space, so every surface cut through it is rich and never repeats.</summary>
internal static class Noise
{
    // An octave weighs less than the coarser one before it, but not by much: a block matcher lives on the fine ones.
    private const float Roughness = 0.85f;

    /// <summary>Octaves from a coarsest cell down to what a pixel can show, about -1..1. Metres.</summary>
    /// <param name="place">Where in space.</param>
    /// <param name="coarsestCell">The size of the largest blotch.</param>
    /// <param name="footprint">How much surface one pixel covers; finer octaves would alias and are left out.</param>
    public static float Fractal(Vector3 place, float coarsestCell, float footprint)
    {
        float sum = 0, power = 0, weight = 1;
        var p = place / coarsestCell;
        for (var cell = coarsestCell; ; cell *= 0.5f)
        {
            // Fades an octave in over a factor of two, so that nothing pops between two eyes or along a slope.
            var fade = Math.Min(cell / footprint - 1, 1);
            if (fade <= 0)
                break;
            sum += weight * fade * Lattice(p);
            power += weight * fade * weight * fade;
            weight *= Roughness;
            // Twice as fine, turned and moved, so that the lattices never line up.
            p = new Vector3(1.6f * p.X + 1.2f * p.Z + 17.3f, 2 * p.Y + 5.1f, 1.6f * p.Z - 1.2f * p.X + 9.7f);
            p = new Vector3(p.X, 0.8f * p.Y + 0.6f * p.Z, 0.8f * p.Z - 0.6f * p.Y);
        }
        return power == 0 ? 0 : Math.Clamp(1.5f * sum / MathF.Sqrt(power), -1, 1);
    }

    /// <summary>A number from 0 to 1 that belongs to one tile of a pattern.</summary>
    public static float Of(int x, int y, int z) => Corner((uint)x * 0x8DA6B343u ^ (uint)y * 0xD8163841u ^ (uint)z * 0xCB1AB31Fu) * 0.5f + 0.5f;

    private static float Lattice(Vector3 p)
    {
        float fx = MathF.Floor(p.X), fy = MathF.Floor(p.Y), fz = MathF.Floor(p.Z);
        float x = Ease(p.X - fx), y = Ease(p.Y - fy), z = Ease(p.Z - fz);
        uint x0 = (uint)(int)fx * 0x8DA6B343u, y0 = (uint)(int)fy * 0xD8163841u, z0 = (uint)(int)fz * 0xCB1AB31Fu;
        uint x1 = x0 + 0x8DA6B343u, y1 = y0 + 0xD8163841u, z1 = z0 + 0xCB1AB31Fu;

        var near = Mix(Mix(Corner(x0 ^ y0 ^ z0), Corner(x1 ^ y0 ^ z0), x), Mix(Corner(x0 ^ y1 ^ z0), Corner(x1 ^ y1 ^ z0), x), y);
        var far = Mix(Mix(Corner(x0 ^ y0 ^ z1), Corner(x1 ^ y0 ^ z1), x), Mix(Corner(x0 ^ y1 ^ z1), Corner(x1 ^ y1 ^ z1), x), y);
        return Mix(near, far, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Corner(uint h)
    {
        h ^= h >> 15;
        h *= 0x2C1B3C6Du;
        h ^= h >> 12;
        h *= 0x297A2D39u;
        return (int)(h ^ h >> 15) * (1f / 2147483648f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Ease(float f) => f * f * (3 - 2 * f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Mix(float a, float b, float f) => a + (b - a) * f;
}
