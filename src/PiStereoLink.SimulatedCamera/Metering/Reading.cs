using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Metering;

/// <summary>How one frame was exposed, and how bright that makes it.</summary>
internal sealed record Reading
{
    public required long ExposureMicroseconds { get; init; }

    public required double AnalogueGain { get; init; }

    public required double DigitalGain { get; init; }

    public required double RedGain { get; init; }

    public required double BlueGain { get; init; }

    /// <summary>The automatic exposure has settled, or nothing is automatic.</summary>
    public required bool Locked { get; init; }

    /// <summary>From -1 to 1: the light in the room breathes a little, so that two frames never report quite the same.</summary>
    public required double Breath { get; init; }

    public required Tone Tone { get; init; }

    public int Iso => (int)Math.Round(100 * AnalogueGain * DigitalGain);
}
