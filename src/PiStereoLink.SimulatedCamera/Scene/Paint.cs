using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>The colour of a surface, as red, green and blue from 0 to 1, at a place and as fine as a pixel can show it.</summary>
internal abstract class Paint
{
    /// <param name="place">The place in the paint's own coordinates, metres.</param>
    /// <param name="footprint">How much surface one pixel covers there, metres.</param>
    public abstract Vector3 At(Vector3 place, float footprint);

    /// <summary>From 0 to 1 across an edge, no sharper than a pixel.</summary>
    protected static float Edge(float distance, float footprint) => Math.Clamp(distance / footprint + 0.5f, 0, 1);
}
