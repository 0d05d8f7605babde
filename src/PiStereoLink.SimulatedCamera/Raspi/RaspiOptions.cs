using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>The options that raspistill and raspivid share.</summary>
internal sealed record RaspiOptions(Eye Eye, Framing Framing, ExposureSettings Exposure)
{
    // A gain of 1 is called ISO 100, and -ev counts sixths of a stop.
    private const double IsoOfGainOne = 100, EvPerStop = 6;

    // The IMX219's full picture; less than 64 the GPU refuses.
    private const int LargestWidth = 3280, LargestHeight = 2464, Smallest = 64;

    public string? Output { get; private init; }

    /// <summary>Null: not given.</summary>
    public TimeSpan? Timeout { get; private init; }

    /// <summary>Exposure and gains are printed.</summary>
    public bool PrintSettings { get; private init; }

    /// <summary>What raspiyuv and raspividyuv write are the GPU's buffers, whole: rows of a multiple of 32 pixels, and a multiple of 16 of them.</summary>
    public RawPicture Buffers => new(Framing.Width, Framing.Height, columns: 32, rows: 16);

    public static RaspiOptions Of(RaspiCommandLine line, int usualWidth, int usualHeight)
    {
        var (width, height) = (line.Whole("width", usualWidth), line.Whole("height", usualHeight));
        if (width is < Smallest or > LargestWidth || height is < Smallest or > LargestHeight)
            throw new SoftwareException("mmal: mmal_vc_port_enable: failed to enable port: EINVAL");
        if (line.Word("stereo", "off", "sbs", "tb", "off") != "off")
            throw new SoftwareException("-3d is not simulated: the rig's eyes are -cs 0 and -cs 1");
        var camera = line.Whole("camselect", 0);
        if (camera > 1)
            throw new SoftwareException(RaspiProgram.NotDetected);

        var framing = new Framing(width, height) { Roi = Roi.From(line.Numbers("roi", 4)), FlipAcross = line.Has("hflip"), FlipDown = line.Has("vflip") };
        return new((Eye)camera, Turned(framing, line.Whole("rotation", 0)), ExposureOf(line))
        {
            Output = line.Text("output"),
            Timeout = line.Has("timeout") ? TimeSpan.FromMilliseconds(line.Whole("timeout", 0)) : null,
            PrintSettings = line.Has("settings"),
        };
    }

    private static Framing Turned(Framing framing, int degrees) => (degrees / 90 * 90 % 360) switch
    {
        0 => framing,
        180 => framing.TurnedByHalf,
        _ => throw new SoftwareException("-rot 90 and 270 are not simulated"),
    };

    private static ExposureSettings ExposureOf(RaspiCommandLine line)
    {
        var shutter = line.Whole("shutter", 0);
        var iso = line.Whole("ISO", 0);
        var gain = line.Has("analoggain") || line.Has("digitalgain") ? (line.Number("analoggain") ?? 1) * (line.Number("digitalgain") ?? 1) : iso / IsoOfGainOne;
        var gains = line.Numbers("awbgains", 2);
        return new()
        {
            Shutter = shutter > 0 ? TimeSpan.FromMicroseconds(shutter) : null,
            Gain = gain > 0 ? gain : null,
            // Gains are heard only with white balance off; off without gains leaves the sensor's own green cast.
            ColourGains = line.Text("awb") == "off" ? gains is [> 0, > 0] ? (gains[0], gains[1]) : (1, 1) : null,
            Ev = line.Whole("ev", 0, least: -10) / EvPerStop,
        };
    }
}
