using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>The options that the suite's programs share, with the real programs' defaults and refusals.</summary>
internal sealed record RpicamOptions
{
    // The IMX219's full picture; the real program cannot ask its sensor for more either.
    private const int LargestWidth = 3280, LargestHeight = 2464, Smallest = 64;

    public required Generation Generation { get; init; }

    public required string Program { get; init; }

    public bool Help { get; private init; }

    public bool Version { get; private init; }

    public bool ListCameras { get; private init; }

    public Eye Eye { get; private init; }

    public int Verbosity { get; private init; }

    public required Framing Framing { get; init; }

    public required ExposureSettings Exposure { get; init; }

    /// <summary>Zero: for ever.</summary>
    public TimeSpan Timeout { get; private init; }

    /// <summary>A file, "-" for stdout, or null: pictures are taken and thrown away.</summary>
    public string? Output { get; private init; }

    public bool Flush { get; private init; }

    public bool NoPreview { get; private init; }

    public string? Metadata { get; private init; }

    public bool MetadataAsText { get; private init; }

    /// <summary>Asked for a text instead of pictures.</summary>
    public bool AsksOnly => Help || Version || ListCameras;

    public static RpicamOptions Of(GivenOptions given, string program, Generation generation, int usualWidth, int usualHeight)
    {
        var options = new RpicamOptions
        {
            Generation = generation,
            Program = program,
            Help = given.Is("help"),
            Version = given.Is("version"),
            ListCameras = given.Is("list-cameras"),
            Verbosity = given.Whole("verbose", 1),
            Framing = FramingOf(given, usualWidth, usualHeight),
            Exposure = ExposureOf(given),
            Timeout = given.Time("timeout", TimeSpan.FromSeconds(5)),
            Output = given.Text("output"),
            Flush = given.Is("flush"),
            NoPreview = given.Is("nopreview"),
            Metadata = given.Text("metadata"),
            MetadataAsText = given.Text("metadata-format") == "txt",
        };
        var camera = given.Whole("camera", 0);
        if (options.AsksOnly)
            return options;
        given.Word("metadata-format", "json", "unrecognised metadata format ", "json", "txt");
        return camera > 1 ? throw new CameraException("selected camera is not available") : options with { Eye = (Eye)camera };
    }

    private static Framing FramingOf(GivenOptions given, int usualWidth, int usualHeight)
    {
        var framing = new Framing(Size("width", usualWidth, LargestWidth), Size("height", usualHeight, LargestHeight))
        {
            Roi = Roi.From(given.Numbers("roi", 4)),
            FlipAcross = given.Is("hflip"),
            FlipDown = given.Is("vflip"),
        };
        return given.Whole("rotation", 0) switch
        {
            0 => framing,
            180 => framing.TurnedByHalf,
            90 or 270 => throw new CameraException("transforms requiring transpose not supported"),
            _ => throw new CameraException("illegal rotation value"),
        };

        // 0 asks for the default, as in the real program.
        int Size(string name, int otherwise, int largest) => given.Whole(name, otherwise) switch
        {
            0 => otherwise,
            < Smallest => throw new CameraException("failed to valid stream configurations"),
            var size when size > largest => throw new CameraException("failed to valid stream configurations"),
            var size => size,
        };
    }

    private static ExposureSettings ExposureOf(GivenOptions given)
    {
        given.Word("metering", "centre", "Invalid metering mode: ", "centre", "spot", "average", "matrix", "custom");
        given.Word("exposure", "normal", "Invalid exposure mode: ", "normal", "sport", "short", "long", "custom");
        given.Word("awb", "auto", "Invalid AWB mode: ", "auto", "normal", "incandescent", "tungsten", "fluorescent", "indoor", "daylight", "cloudy", "custom");
        if (given.Text("awbgains") is not null && given.Numbers("awbgains", 2) is null)
            throw new CameraException("Invalid AWB gains");

        // Zero is automatic everywhere; white balance is fixed only where both gains are given.
        var shutter = given.Time("shutter", TimeSpan.Zero, unit: "us");
        return new()
        {
            Shutter = shutter > TimeSpan.Zero ? shutter : null,
            Gain = (given.Number("gain") ?? given.Number("analoggain")) is > 0 and var gain ? gain : null,
            ColourGains = given.Numbers("awbgains", 2) is [not 0 and var red, not 0 and var blue] ? (red, blue) : null,
            Ev = given.Number("ev") ?? 0,
        };
    }
}
