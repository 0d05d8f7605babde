using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>Bold patches of two paints with crisp borders: a poster, a ball, a rug.</summary>
internal sealed class Patches(Paint one, Paint other, float size) : Paint
{
    public override Vector3 At(Vector3 place, float footprint)
    {
        var field = Noise.Fractal(place + new Vector3(3, 41, 23), size, Math.Max(footprint, size / 3));
        var share = Edge(field * size * 0.4f, footprint);
        return Vector3.Lerp(one.At(place, footprint), other.At(place, footprint), share);
    }
}
