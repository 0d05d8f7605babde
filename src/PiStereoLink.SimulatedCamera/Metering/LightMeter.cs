using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Metering;

/// <summary>Automatic exposure and white balance: they start too dark and too blue, and settle in half a second.</summary>
/// <param name="longestMicroseconds">What the time between two frames allows.</param>
internal sealed class LightMeter(ExposureSettings settings, Eye eye, long longestMicroseconds)
{
    /// <summary>From the camera's start to settled.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    // What this room asks for, and where the search begins: a bit under one stop darker, and grey looks blue.
    private const double RoomMicroseconds = 9_998, RoomRed = 1.62, RoomBlue = 1.87;
    private const double DarkStart = 0.6, RedStart = 0.85, BlueStart = 1.15;

    // The IMX219's registers.
    private const double LeastGain = 1, MostGain = 10.67;
    private const long ShortestMicroseconds = 75;

    private readonly Wandering wandering = Wandering.FromEnvironment();
    private readonly double roomGain = eye == Eye.Left ? 2.0 : 1.9;

    /// <summary>The reading for the frame at an instant of the grid, so long after the camera's start.</summary>
    public Reading At(TimeSpan sinceStart, long index)
    {
        var step = Math.Clamp(sinceStart / Settling, 0, 1);
        var settled = 1 - (1 - step) * (1 - step);
        var aim = Math.Pow(2, settings.Ev) * (DarkStart + (1 - DarkStart) * settled) * wandering.At(index);
        var breath = Math.Sin(index * 0.02 + (int)eye);

        var wanted = RoomMicroseconds * roomGain * aim;
        var asked = settings.Shutter?.TotalMicroseconds ?? (settings.Gain is { } given ? wanted / given : RoomMicroseconds * aim);
        var exposure = Math.Clamp(asked, ShortestMicroseconds, longestMicroseconds);
        // Gain makes up for what the shutter cannot give.
        var gain = settings.Gain ?? (settings.Shutter is null && exposure == asked ? roomGain : Math.Clamp(wanted / exposure, LeastGain, MostGain));
        var analogue = Math.Clamp(gain, LeastGain, MostGain);
        var digital = Math.Max(1, gain / analogue);
        var red = settings.ColourGains?.Red ?? RoomRed * (RedStart + (1 - RedStart) * settled) * wandering.At(index + 11);
        var blue = settings.ColourGains?.Blue ?? RoomBlue * (BlueStart + (1 - BlueStart) * settled) * wandering.At(index + 23);

        // What is automatic follows the light, and the picture stays as it is; what is fixed is reported as fixed.
        var light = exposure * analogue * digital / (RoomMicroseconds * roomGain);
        return new()
        {
            ExposureMicroseconds = settings.Shutter is null ? Math.Min((long)exposure + 30 * (long)(4 * breath), longestMicroseconds) : (long)exposure,
            AnalogueGain = analogue,
            DigitalGain = settings.Gain is null ? 1 + 0.002 * breath : digital,
            RedGain = red,
            BlueGain = settings.ColourGains is null ? blue + 0.01 * breath : blue,
            Locked = step == 1 || settings.Shutter is not null && settings.Gain is not null,
            Breath = breath,
            Tone = new(light * red / RoomRed, light, light * blue / RoomBlue),
        };
    }
}
