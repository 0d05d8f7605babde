using System.Globalization;
using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The options of rpicam-vid that change what the simulated camera does, with the real program's defaults.</summary>
internal sealed record VidOptions
{
    // The IMX219's full picture; the real program cannot ask its sensor for more either.
    private const int LargestWidth = 3280, LargestHeight = 2464, Smallest = 64;
    private const double FastestMode = 206.65;

    public bool Help { get; private init; }

    public bool Version { get; private init; }

    public bool ListCameras { get; private init; }

    public Eye Eye { get; private init; }

    public int Verbosity { get; private init; } = 1;

    public int Width { get; private init; } = 640;

    public int Height { get; private init; } = 480;

    public double FramesPerSecond { get; private init; } = 30;

    public int Quality { get; private init; } = 50;

    /// <summary>Zero: for ever.</summary>
    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>Ends after so many frames, whatever the timeout; zero: the timeout counts.</summary>
    public long Frames { get; private init; }

    /// <summary>A file, "-" for stdout, or null: pictures are taken and thrown away.</summary>
    public string? Output { get; private init; }

    public bool Flush { get; private init; }

    public bool NoPreview { get; private init; }

    public string? Metadata { get; private init; }

    public bool MetadataAsText { get; private init; }

    public static VidOptions Parse(string[] args)
    {
        var given = CommandLine.Parse(args, new OptionTable());
        var options = new VidOptions
        {
            Help = Is("help"),
            Version = Is("version"),
            ListCameras = Is("list-cameras"),
            Verbosity = Whole("verbose", 1),
            Width = Size("width", 640, LargestWidth),
            Height = Size("height", 480, LargestHeight),
            FramesPerSecond = Number("framerate") is > 0 and var rate ? Math.Min(rate, FastestMode) : 30,
            Quality = Math.Clamp(Whole("quality", 50), 0, 100),
            Timeout = Time("timeout", TimeSpan.FromSeconds(5)),
            Frames = Whole("frames", 0),
            Output = given.GetValueOrDefault("output"),
            Flush = Is("flush"),
            NoPreview = Is("nopreview"),
            Metadata = given.GetValueOrDefault("metadata"),
            MetadataAsText = given.GetValueOrDefault("metadata-format") == "txt",
        };
        if (options.Help || options.Version || options.ListCameras)
            return options;

        var camera = Whole("camera", 0);
        if (camera > 1)
            throw new CameraException("selected camera is not available");
        if (given.GetValueOrDefault("metadata-format") is not (null or "json" or "txt"))
            throw new CameraException("unrecognised metadata format " + given["metadata-format"]);
        RefuseCodec(given.GetValueOrDefault("codec", "h264"));
        if (options.Output?.Contains("://", StringComparison.Ordinal) == true)
            throw new CameraException("network output is not simulated, use -o -");
        return options with { Eye = (Eye)camera };

        bool Is(string name) => given.TryGetValue(name, out var value) && value switch
        {
            "1" or "true" or "yes" or "on" => true,
            "0" or "false" or "no" or "off" => false,
            _ => throw Invalid(name),
        };

        int Whole(string name, int otherwise) =>
            !given.TryGetValue(name, out var value) ? otherwise
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw Invalid(name);

        double? Number(string name) =>
            !given.TryGetValue(name, out var value) ? null
            : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw Invalid(name);

        // 0 asks for the default, as in the real program.
        int Size(string name, int otherwise, int largest) => Whole(name, otherwise) switch
        {
            0 => otherwise,
            < Smallest => throw new CameraException("failed to valid stream configurations"),
            var size when size > largest => throw new CameraException("failed to valid stream configurations"),
            var size => size,
        };

        TimeSpan Time(string name, TimeSpan otherwise) => given.TryGetValue(name, out var value) ? TimeText.Parse(value) : otherwise;

        CameraException Invalid(string name) => new($"the argument ('{given[name]}') for option '--{name}' is invalid");
    }

    private static void RefuseCodec(string codec)
    {
        if (codec == "mjpeg")
            return;
        throw new CameraException(codec is "h264" or "libav" or "yuv420"
            ? $"codec {codec} is not simulated, use --codec mjpeg"
            : $"unrecognised codec {codec}");
    }
}
