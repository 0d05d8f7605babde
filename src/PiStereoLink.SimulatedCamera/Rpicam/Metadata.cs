using System.Globalization;
using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>What libcamera reports about one frame, each value as its toString writes it.</summary>
internal static class Metadata
{
    /// <param name="framing">The picture's.</param>
    /// <param name="reading">How it was exposed.</param>
    /// <param name="wallClockNanoseconds">When it was taken.</param>
    /// <param name="durationMicroseconds">From frame to frame.</param>
    public static (string Name, string Value)[] Of(Framing framing, Reading reading, long wallClockNanoseconds, long durationMicroseconds)
    {
        var breath = reading.Breath;
        return
        [
            ("SensorTimestamp", Whole(CaptureGrid.OnSensorClock(wallClockNanoseconds))),
            ("FrameWallClock", Whole(wallClockNanoseconds)),
            ("ScalerCrop", Crop(framing)),
            ("ExposureTime", Whole(reading.ExposureMicroseconds)),
            ("FrameDuration", Whole(durationMicroseconds)),
            ("AnalogueGain", Real(reading.AnalogueGain)),
            ("DigitalGain", Real(reading.DigitalGain)),
            ("ColourGains", $"[ {Real(reading.RedGain)}, {Real(reading.BlueGain)} ]"),
            ("ColourTemperature", Whole(4_200 + (long)(12 * breath))),
            ("Lux", Real(412 + 3 * breath)),
            ("AeLocked", reading.Locked ? "true" : "false"),
            ("FocusFoM", Whole(5_400 + (long)(40 * breath))),
            ("SensorTemperature", Real(31 + breath)),
        ];
    }

    private static string Crop(Framing framing)
    {
        var roi = framing.Roi;
        return $"({Part(roi.X, framing.Width)}, {Part(roi.Y, framing.Height)})/{Part(roi.Width, framing.Width)}x{Part(roi.Height, framing.Height)}";

        static string Part(double part, int size) => Whole((long)Math.Round(part * size));
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Real(double value) => value.ToString("F6", CultureInfo.InvariantCulture);
}
