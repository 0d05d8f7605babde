using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>Two colours that drift into each other under a fine grain: plaster, stone, felt.</summary>
internal sealed class Mottled(Vector3 one, Vector3 other, float blotch, float contrast) : Paint
{
    public override Vector3 At(Vector3 place, float footprint)
    {
        var drift = 0.5f + 0.5f * Noise.Fractal(place + new Vector3(31, 7, 13), blotch, Math.Max(footprint, blotch / 5));
        var grain = Noise.Fractal(place, blotch / 4, footprint);
        return Vector3.Lerp(one, other, drift) * (1 + contrast * grain);
    }
}
