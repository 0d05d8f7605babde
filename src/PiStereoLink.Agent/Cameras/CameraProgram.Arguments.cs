using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>What pictures to take.</summary>
public readonly record struct PictureSettings(int Width, int Height, double Framerate, int Quality);

public sealed partial record CameraProgram
{
    // raspivid's encoder takes no more and clamps silently.
    private const double RaspividMaxBitsPerSecond = 25_000_000;

    /// <summary>True when the program can tell the capture time of each picture.</summary>
    public bool WritesMetadata => Dialect == CameraDialect.Rpicam;

    /// <summary>The command line for endless MJPEG on stdout, without a preview.</summary>
    /// <param name="camera">The camera's index.</param>
    /// <param name="pictures">What pictures to take.</param>
    /// <param name="metadataPath">Where to write metadata, or null for none.</param>
    public IReadOnlyList<string> Arguments(int camera, PictureSettings pictures, string? metadataPath) =>
        [.. FirstArguments, .. Dialect == CameraDialect.Rpicam ? Rpicam(camera, pictures, metadataPath) : Raspivid(camera, pictures)];

    // Numbers are bare: units in values came in 2023. --flush: without it stdio keeps a picture's last 4 kB until the next one.
    private static List<string> Rpicam(int camera, PictureSettings pictures, string? metadataPath)
    {
        List<string> arguments =
        [
            "-t", "0", "-n", "--codec", "mjpeg", "-q", Text(pictures.Quality),
            "--width", Text(pictures.Width), "--height", Text(pictures.Height), "--framerate", Text(pictures.Framerate),
            "--flush", "-o", "-", "--camera", Text(camera),
        ];
        if (metadataPath is not null)
            arguments.AddRange(["--metadata", metadataPath, "--metadata-format", "json"]);
        return arguments;
    }

    private static List<string> Raspivid(int camera, PictureSettings pictures) =>
    [
        "-t", "0", "-n", "-cd", "MJPEG", "-b", Text(RaspividBitsPerSecond(pictures)),
        "-w", Text(pictures.Width), "-h", Text(pictures.Height), "-fps", Text(Math.Max(1, Math.Round(pictures.Framerate))),
        "-fl", "-o", "-", "-cs", Text(camera),
    ];

    // raspivid has no quality. A bit per pixel is about quality 50, and it grows with it.
    private static double RaspividBitsPerSecond(PictureSettings pictures) =>
        Math.Round(Math.Min(RaspividMaxBitsPerSecond, (double)pictures.Width * pictures.Height * pictures.Framerate * pictures.Quality / 50));

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
