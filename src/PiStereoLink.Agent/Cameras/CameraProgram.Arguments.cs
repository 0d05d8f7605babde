namespace PiStereoLink.Agent;

public sealed partial record CameraProgram
{
    // raspivid's encoder takes no more and clamps silently.
    private const double RaspividMaxBitsPerSecond = 25_000_000;

    private const string RawStills = "raspiyuv", RawVideo = "raspividyuv";

    /// <summary>True when the program can tell the capture time of each picture.</summary>
    public bool WritesMetadata => Dialect == CameraDialect.Rpicam;

    /// <summary>The command line for endless MJPEG on stdout, without a preview.</summary>
    /// <param name="camera">The camera's index.</param>
    /// <param name="pictures">What pictures to take.</param>
    /// <param name="metadataPath">Where to write metadata, or null for none.</param>
    /// <exception cref="CameraException">A setting that the program does not have.</exception>
    public IReadOnlyList<string> VideoArguments(int camera, PictureSettings pictures, string? metadataPath)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return [.. FirstArguments, .. Dialect == CameraDialect.Rpicam ? Rpicam(camera, pictures, metadataPath) : Raspivid(camera, pictures)];
    }

    /// <summary>The program that writes this still: of the legacy ones, only raspiyuv gives pictures without a format.</summary>
    /// <exception cref="CameraException">It is not installed.</exception>
    internal CameraProgram Writing(PictureSettings pictures) => Raw(pictures, RawStills);

    /// <summary>The program that films so: of the legacy ones, only raspividyuv gives pictures without a format.</summary>
    /// <exception cref="CameraException">It is not installed.</exception>
    internal CameraProgram Filming(PictureSettings pictures) => Raw(pictures, RawVideo);

    /// <summary>The settings that stills and video share, in this program's words.</summary>
    /// <exception cref="CameraException">A setting that the program does not have.</exception>
    public IReadOnlyList<string> Controls(PictureSettings pictures) =>
        Dialect == CameraDialect.Rpicam ? RpicamArguments.Of(pictures, Name) : RaspiArguments.Of(pictures, Name);

    private CameraProgram Raw(PictureSettings pictures, string raw) =>
        Dialect != CameraDialect.Raspi || !RawGeometry.IsRaw(pictures.Encoding) ? this
            : Executables.Find(raw) is { } found ? this with { Path = found }
            : throw new CameraException($"{Name} has no --encoding {pictures.Encoding}: {raw} has, and is not on PATH.");

    // --flush: without it stdio keeps a picture's last 4 kB until the next one.
    private IEnumerable<string> Rpicam(int camera, PictureSettings pictures, string? metadataPath)
    {
        var line = new ProgramArguments(Name);
        line.Add("-t", "0");
        line.AddPreview(pictures.Preview);
        line.Add("--codec", "mjpeg");
        line.AddNumber("-q", pictures.Quality);
        line.AddNumber("--width", pictures.Width);
        line.AddNumber("--height", pictures.Height);
        line.AddNumber("--framerate", pictures.Framerate);
        line.Add("--flush", "-o", "-");
        line.AddNumber("--camera", camera);
        line.Add([.. Controls(pictures)]);
        if (metadataPath is not null)
            line.Add("--metadata", metadataPath, "--metadata-format", "json");
        return line.Words;
    }

    private IEnumerable<string> Raspivid(int camera, PictureSettings pictures)
    {
        var line = new ProgramArguments(Name);
        line.Add("-t", "0");
        line.AddPreview(pictures.Preview);
        line.Add("-cd", "MJPEG");
        line.AddNumber("-b", RaspividBitsPerSecond(pictures));
        line.AddNumber("-w", pictures.Width);
        line.AddNumber("-h", pictures.Height);
        line.AddNumber("-fps", Math.Max(1, Math.Round(pictures.Framerate)));
        line.Add("-fl", "-o", "-");
        line.AddNumber("-cs", camera);
        line.Add([.. Controls(pictures)]);
        return line.Words;
    }

    // raspivid has no quality. A bit per pixel is about quality 50, and it grows with it.
    private static double RaspividBitsPerSecond(PictureSettings pictures) =>
        Math.Round(Math.Min(RaspividMaxBitsPerSecond, (pictures.Width ?? 640.0) * (pictures.Height ?? 480) * pictures.Framerate * pictures.Quality / 50));
}
