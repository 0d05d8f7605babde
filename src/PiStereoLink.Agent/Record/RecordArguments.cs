namespace PiStereoLink.Agent;

/// <summary>The command line for endless H.264 on stdout.</summary>
public static class RecordArguments
{
    /// <summary>All words of it.</summary>
    /// <param name="program">The camera program.</param>
    /// <param name="camera">The camera's index.</param>
    /// <param name="pictures">What pictures to take.</param>
    /// <param name="encoding">How to encode them.</param>
    /// <param name="encoder">What encodes them.</param>
    /// <param name="output">What stdout is called.</param>
    /// <param name="metadataPath">Where to write metadata, or null for none.</param>
    /// <exception cref="CameraException">A setting that the program does not have.</exception>
    public static IReadOnlyList<string> Of(
        CameraProgram program, int camera, PictureSettings pictures, H264Settings encoding, H264Encoder encoder, string output, string? metadataPath)
    {
        var line = new ProgramArguments(program.Name);
        line.Add("-t", "0");
        line.AddPreview(pictures.Preview);
        if (program.Dialect == CameraDialect.Rpicam)
            Rpicam(line, camera, pictures, encoding, encoder, output, metadataPath);
        else
            Raspivid(line, camera, pictures, encoding, output);
        return [.. program.FirstArguments, .. line.Words, .. program.Controls(pictures)];
    }

    // --inline: the parameter sets come with each key picture, so that a file can begin there.
    private static void Rpicam(
        ProgramArguments line, int camera, PictureSettings pictures, H264Settings encoding, H264Encoder encoder, string output, string? metadataPath)
    {
        line.Add("--codec", "h264");
        line.AddNumber("--bitrate", encoding.BitsPerSecond);
        line.AddNumber("--intra", encoding.Intra);
        line.Add("--inline");
        line.AddText("--profile", encoding.Profile);
        line.AddText("--level", H264Encoder.Level(pictures));
        // On a Pi 5, pictures that look ahead would leave their order: a container made without decoding could not tell their times.
        if (!encoder.IsHardware)
            line.Add("--libav-video-codec-opts", "bf=0");
        line.AddNumber("--width", pictures.Width);
        line.AddNumber("--height", pictures.Height);
        line.AddNumber("--framerate", pictures.Framerate);
        line.Add("--flush", "-o", output);
        line.AddNumber("--camera", camera);
        if (metadataPath is not null)
            line.Add("--metadata", metadataPath, "--metadata-format", "json");
    }

    private static void Raspivid(ProgramArguments line, int camera, PictureSettings pictures, H264Settings encoding, string output)
    {
        line.Add("-cd", "H264");
        line.AddNumber("-b", encoding.BitsPerSecond);
        line.AddNumber("-g", encoding.Intra);
        line.Add("-ih");
        line.AddText("-pf", encoding.Profile);
        line.AddNumber("-w", pictures.Width);
        line.AddNumber("-h", pictures.Height);
        line.AddNumber("-fps", Math.Max(1, Math.Round(pictures.Framerate)));
        line.Add("-fl", "-o", output);
        line.AddNumber("-cs", camera);
    }
}
