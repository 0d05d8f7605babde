using System.Globalization;
using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>What libcamera reports about one frame, each value as its toString writes it.</summary>
internal static class Metadata
{
    public static (string Name, string Value)[] Of(Eye eye, VidOptions options, long index, long wallClockNanoseconds, long sensorNanoseconds, long periodMicroseconds)
    {
        // The light in the room breathes a little, so that two frames never report quite the same.
        var breath = Math.Sin(index * 0.02 + (int)eye);
        var exposure = Math.Min(9_998 + 30 * (long)(4 * breath), periodMicroseconds - 20);
        return
        [
            ("SensorTimestamp", Whole(sensorNanoseconds)),
            ("FrameWallClock", Whole(wallClockNanoseconds)),
            ("ScalerCrop", $"(0, 0)/{options.Width}x{options.Height}"),
            ("ExposureTime", Whole(exposure)),
            ("FrameDuration", Whole(periodMicroseconds)),
            ("AnalogueGain", Real(eye == Eye.Left ? 2.0 : 1.9)),
            ("DigitalGain", Real(1.0 + 0.002 * breath)),
            ("ColourGains", $"[ {Real(1.62)}, {Real(1.87 + 0.01 * breath)} ]"),
            ("ColourTemperature", Whole(4_200 + (long)(12 * breath))),
            ("Lux", Real(412 + 3 * breath)),
            ("AeLocked", "true"),
            ("FocusFoM", Whole(5_400 + (long)(40 * breath))),
            ("SensorTemperature", Real(31 + breath)),
        ];
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Real(double value) => value.ToString("F6", CultureInfo.InvariantCulture);
}
