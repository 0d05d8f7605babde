namespace PiStereoLink.Agent;

/// <summary>How many pictures a second a sensor can deliver of a size: the camera programs deliver fewer than asked for without a word.</summary>
public static class FramerateLimit
{
    // Every sensor sold for the Pi does this, the slowest being the first camera module: no need to ask.
    private const double EverySensors = 30;
    private const int EverySensorsWidth = 1920, EverySensorsHeight = 1080;

    // The programs print the modes' rates rounded.
    private const double Rounding = 0.5;

    /// <summary>Whether it is worth the second or two that listing the cameras takes.</summary>
    public static bool MayBeTooMuch(PictureSettings pictures) =>
        pictures.Framerate > EverySensors || pictures.Width > EverySensorsWidth || pictures.Height > EverySensorsHeight || pictures.SensorMode is not null;

    /// <summary>Why the camera cannot, in a sentence that names its modes; null when it can, or nothing is known.</summary>
    public static string? Problem(ListedCamera camera, PictureSettings pictures)
    {
        var modes = camera.Modes.Where(mode => mode.Framerate is not null && (pictures.SensorMode is null || IsMode(mode, pictures.SensorMode))).ToList();
        if (modes.Count == 0)
            return null;
        // A picture is made of a mode that is at least as large; where there is none, of the largest.
        var able = modes.Where(mode => mode.Width >= pictures.Width && mode.Height >= pictures.Height).DefaultIfEmpty(modes.MaxBy(mode => mode.Width * mode.Height)!);
        var most = able.Max(mode => mode.Framerate!.Value);
        if (pictures.Framerate <= most + Rounding)
            return null;
        var all = camera.Modes.GroupBy(mode => (mode.Width, mode.Height)).Select(size => $"{size.Key.Width}x{size.Key.Height} at {ProgramArguments.Text(size.Max(mode => mode.Framerate) ?? double.NaN)}");
        var asked = pictures.SensorMode is { } given ? $"in --sensor-mode {given}" : $"of {pictures.Width}x{pictures.Height}";
        return $"{camera.Model} delivers at most {ProgramArguments.Text(most)} pictures a second {asked}, not {ProgramArguments.Text(pictures.Framerate)}. " +
            $"Its modes: {string.Join(", ", all)}. Ask for --framerate {ProgramArguments.Text(Math.Floor(most))}, or for smaller pictures.";
    }

    private static bool IsMode(CameraMode mode, string sensorMode) => sensorMode.StartsWith($"{mode.Width}:{mode.Height}", StringComparison.Ordinal);
}
