using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The options of rpicam-vid that change what the simulated camera does, with the real program's defaults.</summary>
internal sealed record VidOptions(RpicamOptions Common)
{
    private const double FastestMode = 206.65;
    private const int UsualIntra = 60;

    // The rows of YUV420 in the buffers of the two ISPs, pisp and vc4: the kernel's pisp_be and bcm2835-isp.
    private const int ColumnsOfPi5 = 128, ColumnsOfVc4 = 64;

    public double FramesPerSecond { get; private init; }

    /// <summary>h264, mjpeg or yuv420.</summary>
    public string Codec { get; private init; } = "";

    /// <summary>Of MJPEG.</summary>
    public int Quality { get; private init; }

    /// <summary>How yuv420 is written: rows padded, and no encoder to leave that out.</summary>
    public RawPicture Raw => new(Common.Framing.Width, Common.Framing.Height, columns: Common.Generation.IsOfPi5 ? ColumnsOfPi5 : ColumnsOfVc4);

    public required H264Settings H264 { get; init; }

    /// <summary>Another file at the first key frame after so many milliseconds, or after each pause.</summary>
    public SegmentRule Segments { get; private init; }

    /// <summary>Numbers in files' names begin again after so many; zero: never.</summary>
    public int Wrap { get; private init; }

    /// <summary>Keep so many megabytes in memory and write them at the end; zero: write at once.</summary>
    public int CircularMegabytes { get; private init; }

    /// <summary>Where the times of the frames go.</summary>
    public string? SavePts { get; private init; }

    /// <summary>Ends after so many frames, whatever the timeout; zero: the timeout counts.</summary>
    public long Frames { get; private init; }

    /// <summary>SIGUSR1 pauses and resumes, SIGUSR2 ends.</summary>
    public bool Signal { get; private init; }

    public bool StartPaused { get; private init; }

    /// <summary>Frames know their metadata and can be spread over files.</summary>
    public bool HasFrameOutput => !IsSoftwareH264 || IsElementary;

    private bool IsSoftwareH264 => Codec == "h264" && Common.Generation.IsOfPi5;

    private bool IsElementary => Common.Generation.Since("2025-07") && Common.Output?.EndsWith("264", StringComparison.Ordinal) == true;

    public VideoPlan Plan => new(Common.Eye, Common.Framing, Common.Exposure, FramesPerSecond, Common.Timeout, Frames, StartPaused);

    public static VidOptions Parse(string program, string[] args)
    {
        var generation = Generation.Of(program);
        var given = new GivenOptions(args, new OptionTable(generation, OptionTable.Common, OptionTable.Video), generation);
        var common = RpicamOptions.Of(given, program, generation, usualWidth: 640, usualHeight: 480);
        var rate = given.Number("framerate") is > 0 and var wanted ? Math.Min(wanted, FastestMode) : 30;
        var options = new VidOptions(common)
        {
            FramesPerSecond = rate,
            Quality = Math.Clamp(given.Whole("quality", 50), 0, 100),
            Codec = given.Text("codec") ?? "h264",
            H264 = new(rate, given.Whole("intra", 0) is > 0 and var intra ? intra : UsualIntra, (long)(given.Number("bitrate") ?? 0), given.Is("inline") || generation.IsOfPi5),
            Segments = new(given.Whole("segment", 0), given.Is("split")),
            Wrap = given.Whole("wrap", 0),
            CircularMegabytes = given.Whole("circular", 0),
            SavePts = given.Text("save-pts"),
            Frames = given.Whole("frames", 0),
            Signal = given.Is("signal"),
            StartPaused = given.Word("initial", "record", "incorrect initial value ", "record", "pause") == "pause",
        };
        if (common.AsksOnly)
            return options;

        RefuseCodec(options.Codec);
        if (options.IsSoftwareH264)
            options.RefuseWhatLibavCannot(given.Text("libav-format"));
        if (common.Output?.Contains("://", StringComparison.Ordinal) == true)
            throw new CameraException("network output is not simulated, use -o -");
        return options;
    }

    /// <summary>A Pi 5 has no encoder in hardware: libav's H.264 is written past what the other codecs have, unless it is a file of that kind.</summary>
    private void RefuseWhatLibavCannot(string? format)
    {
        if (!IsElementary && (Segments != default || CircularMegabytes > 0 || SavePts is not null || StartPaused))
        {
            Console.Error.WriteLine("\nERROR: The libav encoder does not currently support the circular, segment, save_pts, split, or pause command line options with non-elementary streams!\n");
            throw new CameraException("libav: Incompatible options selected.");
        }
        if (format is null && Common.Output == "-")
            throw new CameraException("libav: cannot allocate output context, try setting with --libav-format");
        if (format is not (null or "h264") || format is null && Common.Output is { } file && !file.EndsWith("264", StringComparison.Ordinal))
            throw new CameraException("libav's formats are not simulated, use -o FILE.h264");
    }

    private static void RefuseCodec(string codec)
    {
        if (codec is "mjpeg" or "yuv420" || codec == "h264" && Video.H264.IsInstalled)
            return;
        throw new CameraException(codec switch
        {
            "h264" => "codec h264 is not simulated without ffmpeg, use --codec mjpeg",
            "libav" => $"codec {codec} is not simulated, use --codec mjpeg",
            _ => $"unrecognised codec {codec}",
        });
    }
}
