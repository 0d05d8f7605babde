using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The options of rpicam-vid that change what the simulated camera does, with the real program's defaults.</summary>
internal sealed record VidOptions(RpicamOptions Common)
{
    private const double FastestMode = 206.65;
    private const int UsualIntra = 60;

    public double FramesPerSecond { get; private init; }

    /// <summary>Else MJPEG.</summary>
    public bool IsH264 { get; private init; }

    /// <summary>Of MJPEG.</summary>
    public int Quality { get; private init; }

    /// <summary>Of H.264: a key frame each so many frames.</summary>
    public int Intra { get; private init; }

    /// <summary>Of H.264; zero: as many as it needs.</summary>
    public long BitsPerSecond { get; private init; }

    /// <summary>Ends after so many frames, whatever the timeout; zero: the timeout counts.</summary>
    public long Frames { get; private init; }

    /// <summary>SIGUSR1 pauses and resumes, SIGUSR2 ends.</summary>
    public bool Signal { get; private init; }

    public bool StartPaused { get; private init; }

    public VideoPlan Plan => new(Common.Eye, Common.Framing, Common.Exposure, FramesPerSecond, Common.Timeout, Frames, StartPaused);

    public static VidOptions Parse(string program, string[] args)
    {
        var generation = Generation.Of(program);
        var given = new GivenOptions(args, new OptionTable(generation, OptionTable.Common, OptionTable.Video), generation);
        var common = RpicamOptions.Of(given, program, generation, usualWidth: 640, usualHeight: 480);
        var options = new VidOptions(common)
        {
            FramesPerSecond = given.Number("framerate") is > 0 and var rate ? Math.Min(rate, FastestMode) : 30,
            Quality = Math.Clamp(given.Whole("quality", 50), 0, 100),
            IsH264 = (given.Text("codec") ?? "h264") == "h264",
            Intra = given.Whole("intra", 0) is > 0 and var intra ? intra : UsualIntra,
            BitsPerSecond = (long)(given.Number("bitrate") ?? 0),
            Frames = given.Whole("frames", 0),
            Signal = given.Is("signal"),
            StartPaused = given.Word("initial", "record", "incorrect initial value ", "record", "pause") == "pause",
        };
        if (common.AsksOnly)
            return options;

        RefuseCodec(given.Text("codec") ?? "h264");
        if (common.Output?.Contains("://", StringComparison.Ordinal) == true)
            throw new CameraException("network output is not simulated, use -o -");
        return options;
    }

    private static void RefuseCodec(string codec)
    {
        if (codec == "mjpeg" || codec == "h264" && H264.IsInstalled)
            return;
        throw new CameraException(codec switch
        {
            "h264" => "codec h264 is not simulated without ffmpeg, use --codec mjpeg",
            "libav" or "yuv420" => $"codec {codec} is not simulated, use --codec mjpeg",
            _ => $"unrecognised codec {codec}",
        });
    }
}
