using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Picture;

/// <summary>Something that moves, as one eye sees it at one instant.</summary>
internal interface IMover
{
    // Visits a pixel that shows it: how much of it, how far away in metres, in which colour.
    delegate void Visit(int pixel, float coverage, float depth, Vector3 colour);

    /// <summary>Visits the pixels in which it stands before the still life.</summary>
    void ForEachPixel(float[] stillDepths, Visit visit);
}
