using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>The options of raspistill and raspiyuv, with their defaults.</summary>
internal sealed record StillOptions(RaspiOptions Common)
{
    public string Encoding { get; private init; } = "jpg";

    public int Quality { get; private init; }

    public Exif? Exif { get; private init; }

    public Thumbnail? Thumbnail { get; private init; }

    public TimeSpan Timelapse { get; private init; }

    public bool Signal { get; private init; }

    /// <summary>Stays in the mode of stills between them.</summary>
    public bool Burst { get; private init; }

    public bool DateTimeNumbers { get; private init; }

    public bool TimestampNumbers { get; private init; }

    public int FrameStart { get; private init; }

    public string? Latest { get; private init; }

    /// <summary>Zero: for ever. Who waits for signals is not hurried unless told so.</summary>
    public TimeSpan Timeout => Common.Timeout ?? (Signal ? TimeSpan.Zero : TimeSpan.FromSeconds(5));

    public static StillOptions Parse(string program, string[] args)
    {
        var isRaw = program == "raspiyuv";
        var line = new RaspiCommandLine(args, RaspiCommandLine.Common, isRaw ? RaspiCommandLine.RawStill : RaspiCommandLine.Still);
        foreach (var name in (string[])["raw", "demo", "keypress", "gl", "glcapture"])
            if (line.Has(name))
                throw new SoftwareException($"--{name} is not simulated");
        return new(RaspiOptions.Of(line, usualWidth: 3280, usualHeight: 2464))
        {
            Encoding = isRaw ? RawEncodingOf(line) : line.Word("encoding", "jpg", "jpg", "bmp", "gif", "png"),
            Quality = Math.Clamp(line.Whole("quality", 85), 0, 100),
            Exif = line.Text("exif") == "none" ? null : new Exif("RaspberryPi", "RP_imx219", Software: null),
            Thumbnail = ThumbnailOf(line.Text("thumb") ?? "64:48:35"),
            Timelapse = TimeSpan.FromMilliseconds(line.Whole("timelapse", 0)),
            Signal = line.Has("signal"),
            Burst = line.Has("burst"),
            DateTimeNumbers = line.Has("datetime"),
            TimestampNumbers = line.Has("timestamp"),
            FrameStart = line.Whole("framestart", 0),
            Latest = line.Text("latest"),
        };
    }

    private static string RawEncodingOf(RaspiCommandLine line)
    {
        if (line.Has("luma") && (line.Has("rgb") || line.Has("bgr")))
        {
            Console.Error.WriteLine("--luma and --rgb/--bgr are mutually exclusive");
            throw new UsageException("--luma");
        }
        return line.Has("luma") ? "luma" : line.Has("bgr") ? "bgr" : line.Has("rgb") ? "rgb" : "yuv420";
    }

    private static Thumbnail? ThumbnailOf(string text)
    {
        try
        {
            return Thumbnail.Parse(text);
        }
        catch (FormatException)
        {
            throw new UsageException("--thumb");
        }
    }
}
