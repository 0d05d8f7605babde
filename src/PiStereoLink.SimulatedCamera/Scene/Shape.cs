using System.Numerics;

namespace PiStereoLink.SimulatedCamera.Scene;

/// <summary>Something solid in the room that a ray can meet. Metres, room coordinates.</summary>
internal abstract class Shape
{
    /// <summary>What it looks like.</summary>
    public required Paint Paint { get; init; }

    /// <summary>Walls and floor are lit as if they had no roof over them.</summary>
    public bool CastsShadow { get; init; } = true;

    /// <summary>The ray parameter at which the ray first meets the surface, or infinity.</summary>
    public abstract float Meets(Vector3 origin, Vector3 direction);

    /// <summary>The unit normal at a place on the surface, pointing outwards.</summary>
    public abstract Vector3 NormalAt(Vector3 place);

    /// <summary>The same place as the paint counts it.</summary>
    public virtual Vector3 OnPaint(Vector3 place) => place;
}
