using PiStereoLink.SimulatedCamera.Metering;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>What -set prints: with these numbers an exposure can be frozen.</summary>
internal static class Settings
{
    public static string Text(Reading reading) => $"""
        mmal: Exposure now {reading.ExposureMicroseconds}, analog gain {In256(reading.AnalogueGain)}/256, digital gain {In256(reading.DigitalGain)}/256
        mmal: AWB R={In256(reading.RedGain)}/256, B={In256(reading.BlueGain)}/256
        """;

    private static int In256(double value) => (int)Math.Round(value * 256);
}
