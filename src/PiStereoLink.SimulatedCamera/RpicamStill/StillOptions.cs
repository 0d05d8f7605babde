using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.RpicamStill;

/// <summary>The options of rpicam-still that change what the simulated camera does, with the real program's defaults.</summary>
internal sealed record StillOptions(RpicamOptions Common)
{
    public string Encoding { get; private init; } = "jpg";

    public int Quality { get; private init; }

    public Thumbnail? Thumbnail { get; private init; }

    public bool Raw { get; private init; }

    /// <summary>Zero: no timelapse.</summary>
    public TimeSpan Timelapse { get; private init; }

    public int FrameStart { get; private init; }

    /// <summary>The number after which counting begins at 0 again; zero: never.</summary>
    public int Wrap { get; private init; }

    public bool DateTimeNames { get; private init; }

    public bool TimestampNames { get; private init; }

    public string? Latest { get; private init; }

    public bool Immediate { get; private init; }

    public bool ZeroShutterLag { get; private init; }

    public bool Signal { get; private init; }

    public bool Keypress { get; private init; }

    /// <summary>Pictures are asked for from outside, so the timeout takes none.</summary>
    public bool OnRequest => Signal || Keypress;

    public static StillOptions Parse(string program, string[] args)
    {
        var generation = Generation.Of(program);
        var given = new GivenOptions(args, new OptionTable(generation, OptionTable.Common, OptionTable.Still), generation);
        var options = new StillOptions(RpicamOptions.Of(given, program, generation, usualWidth: 3280, usualHeight: 2464))
        {
            Encoding = EncodingOf(given),
            Quality = Math.Clamp(given.Whole("quality", 93), 0, 100),
            Thumbnail = Thumbnail.Parse(given.Text("thumb") ?? "320:240:70"),
            Raw = given.Is("raw"),
            Timelapse = given.Time("timelapse", TimeSpan.Zero),
            FrameStart = given.Whole("framestart", 0),
            Wrap = given.Whole("wrap", 0),
            DateTimeNames = given.Is("datetime"),
            TimestampNames = given.Is("timestamp"),
            Latest = given.Text("latest"),
            Immediate = given.Is("immediate"),
            ZeroShutterLag = given.Is("zsl"),
            Signal = given.Is("signal"),
            Keypress = given.Is("keypress"),
        };
        return options.OnRequest && options.Timelapse > TimeSpan.Zero
            ? throw new CameraException("keypress/signal and timelapse options are mutually exclusive")
            : options;
    }

    private static string EncodingOf(GivenOptions given) =>
        given.Word("encoding", "jpg", "invalid encoding format ", "jpg", "png", "bmp", "rgb", "rgb24", "rgb48", "yuv420") switch
        {
            "rgb48" => throw new CameraException("encoding rgb48 is not simulated, use -e rgb"),
            "rgb24" => "rgb",
            var encoding => encoding,
        };
}
