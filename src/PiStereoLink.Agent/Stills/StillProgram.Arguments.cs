namespace PiStereoLink.Agent;

public sealed partial class StillProgram
{
    /// <summary>The command line for one picture.</summary>
    /// <exception cref="CameraException">A setting that the program does not have.</exception>
    public static IReadOnlyList<string> Arguments(CameraProgram program, int camera, PictureSettings pictures, TimeSpan settle, string path, string? metadataPath)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(pictures);
        var line = new ProgramArguments(program.Name);
        line.AddPreview(pictures.Preview);
        if (program.Dialect == CameraDialect.Rpicam)
            Rpicam(line, camera, pictures, settle, path, metadataPath);
        else
            Raspi(line, camera, pictures, settle, path);
        return [.. line.Words, .. program.Controls(pictures)];
    }

    // Without --immediate a preview with the same long exposure comes before the picture. -t 0 would wait for ever.
    private static void Rpicam(ProgramArguments line, int camera, PictureSettings pictures, TimeSpan settle, string path, string? metadataPath)
    {
        if (settle == TimeSpan.Zero || (IsLong(pictures) && pictures.IsFixed))
            line.Add("--immediate");
        else
            line.AddNumber("-t", Milliseconds(settle));
        line.Add("-o", path);
        line.AddNumber("--camera", camera);
        line.AddNumber("--width", pictures.Width);
        line.AddNumber("--height", pictures.Height);
        line.AddNumber("-q", pictures.Quality);
        line.AddWord("-e", Vocabulary.Encoding, pictures.Encoding, word => word.Rpicam, "");
        line.AddSwitch("--raw", pictures.Raw);
        line.Add("--thumb", "none");
        if (metadataPath is not null)
            line.Add("--metadata", metadataPath);
    }

    // -set tells on stderr what the firmware found: these programs have no metadata.
    private static void Raspi(ProgramArguments line, int camera, PictureSettings pictures, TimeSpan settle, string path)
    {
        line.AddNumber("-t", IsLong(pictures) && pictures.IsFixed ? 1 : Milliseconds(settle));
        line.Add("-o", path);
        line.AddNumber("-cs", camera);
        line.AddNumber("-w", pictures.Width);
        line.AddNumber("-h", pictures.Height);
        line.Refuse("--raw", pictures.Raw, "it writes no DNG, but hides the sensor's data in the JPEG.");
        if (RawGeometry.IsRaw(pictures.Encoding))
        {
            line.AddSwitch("-rgb", pictures.Encoding == "rgb");
        }
        else
        {
            line.AddNumber("-q", pictures.Quality);
            line.AddWord("-e", Vocabulary.Encoding, pictures.Encoding, word => word.Raspi, "");
            line.Add("-th", "none");
        }
        line.Add("-set");
    }

    private static double Milliseconds(TimeSpan settle) => Math.Max(1, Math.Round(settle.TotalMilliseconds));
}
