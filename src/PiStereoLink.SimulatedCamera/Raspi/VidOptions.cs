using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>The options of raspivid and raspividyuv, with their defaults.</summary>
internal sealed partial record VidOptions(RaspiOptions Common)
{
    private const int UsualBitsPerSecond = 17_000_000, MostBitsPerSecond = 25_000_000, MostBitsPerSecondOfLevel42 = 62_500_000, UsualIntra = 60, MostFramesPerSecond = 200;
    private const int BlocksOfLevel4 = 245_760, BlocksOfLevel42 = 522_240;

    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(5);

    public int FramesPerSecond { get; private init; }

    /// <summary>Null: not that, but MJPEG or no encoding.</summary>
    public H264Settings? H264 { get; private init; }

    /// <summary>Another file at the first key frame after so many milliseconds, or after each pause.</summary>
    public SegmentRule Segments { get; private init; }

    /// <summary>The number of the first file.</summary>
    public int FirstNumber { get; private init; }

    /// <summary>After this number 1 comes; zero: never.</summary>
    public int Wrap { get; private init; }

    /// <summary>Keep in memory what the timeout holds at this bit rate, and write it when a signal comes.</summary>
    public bool Circular { get; private init; }

    public long CircularBytes => BitsPerSecond * (long)(Common.Timeout ?? UsualTimeout).TotalSeconds / 8;

    /// <summary>Where the times of the frames go.</summary>
    public string? SavePts { get; private init; }

    public int BitsPerSecond { get; private init; }

    public bool Flush { get; private init; }

    public bool Signal { get; private init; }

    public bool StartPaused { get; private init; }

    public VideoPlan Plan => new(
        Common.Eye, Common.Framing, Common.Exposure, FramesPerSecond, Circular ? TimeSpan.Zero : Common.Timeout ?? UsualTimeout, Frames: 0, StartPaused);

    /// <summary>What is wrong with a circular buffer; it then ends at once, and well.</summary>
    public string? CircularComplaint =>
        !Circular ? null
        : Common.Timeout == TimeSpan.Zero ? "mmal: main: Error, circular buffer size is based on timeout must be greater than zero"
        : !Signal ? "mmal: main: Error, Circular buffer mode requires either keypress (-k) or signal (-s) triggering"
        : null;

    public static VidOptions Parse(string[] args)
    {
        var line = new RaspiCommandLine(args, RaspiCommandLine.Common, RaspiCommandLine.Video);
        var common = CommonOf(line, "vectors", "raw", "listen", "keypress", "timed");
        var isH264 = line.Word("codec", "H264", "H264", "MJPEG") == "H264";
        if (isH264 && !Video.H264.IsInstalled)
            throw new SoftwareException("H264 is not simulated without ffmpeg, use -cd MJPEG");
        var rate = RateOf(line);
        var bits = Clamped(line.Whole("bitrate", UsualBitsPerSecond, least: 1), isH264 && IsLevel42(common.Framing, rate));
        var segments = new SegmentRule(line.Whole("segment", 0), line.Has("split"));
        return new(common)
        {
            FramesPerSecond = rate,
            H264 = isH264 ? new(rate, line.Whole("intra", UsualIntra, least: 1), bits, line.Has("inline") || segments != default) : null,
            Segments = segments,
            FirstNumber = line.Whole("start", 1),
            Wrap = line.Whole("wrap", 0),
            Circular = line.Has("circular"),
            SavePts = line.Text("save-pts"),
            BitsPerSecond = bits,
            Flush = line.Has("flush"),
            Signal = line.Has("signal"),
            StartPaused = line.Word("initial", "record", "record", "pause") == "pause",
        };
    }

    private static RaspiOptions CommonOf(RaspiCommandLine line, params string[] notSimulated)
    {
        foreach (var name in notSimulated)
            if (line.Has(name))
                throw new SoftwareException($"--{name} is not simulated");
        var common = RaspiOptions.Of(line, usualWidth: 1920, usualHeight: 1080);
        return common.Output?.Contains("://", StringComparison.Ordinal) != true ? common
            : throw new SoftwareException("network output is not simulated, use -o -");
    }

    private static int RateOf(RaspiCommandLine line) => Math.Clamp(line.Whole("framerate", 30, least: 1), 1, MostFramesPerSecond);

    private static int Clamped(int bitsPerSecond, bool level42)
    {
        var most = level42 ? MostBitsPerSecondOfLevel42 : MostBitsPerSecond;
        if (bitsPerSecond <= most)
            return bitsPerSecond;
        Console.Error.WriteLine($"Bitrate too high: Reducing to {(level42 ? "62.5" : "25")}MBit/s");
        return most;
    }

    /// <summary>H.264 counts blocks of 16 x 16 pixels a second; level 4, its usual one, has too few for more than 1080p30.</summary>
    private static bool IsLevel42(Framing framing, int rate)
    {
        var blocks = (long)((framing.Width + 15) / 16) * ((framing.Height + 15) / 16) * rate;
        if (blocks > BlocksOfLevel42)
            throw new SoftwareException("mmal: Too many macroblocks/s requested");
        if (blocks > BlocksOfLevel4)
            Console.Error.WriteLine("Too many macroblocks/s: Increasing H264 Level to 4.2");
        return blocks > BlocksOfLevel4;
    }
}
