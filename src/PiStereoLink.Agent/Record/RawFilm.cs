namespace PiStereoLink.Agent;

/// <summary>A film without compression: yuv420 of rpicam-vid and libcamera-vid, that or rgb of raspividyuv.</summary>
internal sealed class RawFilm : IFilmFormat
{
    // bytesperline of V4L2_PIX_FMT_YUV420 in the kernel's bcm2835-isp and pisp_be; rpicam-vid writes the ISP's buffers whole (its null_encoder.cpp).
    private const int ColumnsOfVideoCore = 64, ColumnsOfPisp = 128;

    /// <summary>How the bytes of each picture lie.</summary>
    public static RawGeometry Geometry(CameraProgram program, Board board, PictureSettings pictures)
    {
        if (program.Dialect == CameraDialect.Raspi)
            return RawGeometry.Of(pictures, program.Dialect)!;
        // The boards whose GPU encodes are those whose GPU is the ISP.
        var columns = H264Encoder.Of(program, board).IsHardware ? ColumnsOfVideoCore : ColumnsOfPisp;
        return new(pictures.Encoding!, pictures.Width!.Value, pictures.Height!.Value, RawGeometry.Up(pictures.Width.Value, columns), pictures.Height.Value);
    }

    /// <summary>The most bytes that a picture can have, whatever the program.</summary>
    public static long MostBytes(PictureSettings pictures) => new RawGeometry(
        pictures.Encoding!, 0, 0, RawGeometry.Up(pictures.Width!.Value, ColumnsOfPisp), RawGeometry.Up(pictures.Height!.Value, RawGeometry.RaspiRows)).Bytes;

    /// <summary>rpicam-vid asks for JPEG's colours with yuv420 (its get_colourspace_flags); what raspividyuv gets, no source says.</summary>
    public static bool HasFullRange(CameraProgram program) => program.Dialect == CameraDialect.Rpicam;

    public string? Problem(CameraProgram program, Board board, PictureSettings pictures) =>
        program.Dialect == CameraDialect.Rpicam && pictures.Encoding != "yuv420"
            ? $"{program.Name} has no --encoding {pictures.Encoding} for video: it has yuv420."
            : null;

    public bool NamesStdout(CameraProgram program, Board board) => false;

    public IReadOnlyList<string> Arguments(CameraProgram program, Board board, int camera, PictureSettings pictures, string output, string? metadataPath)
    {
        var line = new ProgramArguments(program.Name);
        line.Add("-t", "0");
        line.AddPreview(pictures.Preview);
        if (program.Dialect == CameraDialect.Rpicam)
            Rpicam(line, camera, pictures, output, metadataPath);
        else
            Raspividyuv(line, camera, pictures, output);
        return [.. program.FirstArguments, .. line.Words, .. program.Controls(pictures)];
    }

    public IFilmSplitter Splitter(CameraProgram program, Board board, PictureSettings pictures) => new RawSplitter(Geometry(program, board, pictures));

    private static void Rpicam(ProgramArguments line, int camera, PictureSettings pictures, string output, string? metadataPath)
    {
        line.AddText("--codec", pictures.Encoding);
        line.AddNumber("--width", pictures.Width);
        line.AddNumber("--height", pictures.Height);
        line.AddNumber("--framerate", pictures.Framerate);
        line.Add("--flush", "-o", output);
        line.AddNumber("--camera", camera);
        if (metadataPath is not null)
            line.Add("--metadata", metadataPath, "--metadata-format", "json");
    }

    // It has no -fl: the last bytes of a picture that is no multiple of 4096 come with the next one.
    private static void Raspividyuv(ProgramArguments line, int camera, PictureSettings pictures, string output)
    {
        line.AddSwitch("-rgb", pictures.Encoding == "rgb");
        line.AddNumber("-w", pictures.Width);
        line.AddNumber("-h", pictures.Height);
        line.AddNumber("-fps", Math.Max(1, Math.Round(pictures.Framerate)));
        line.Add("-o", output);
        line.AddNumber("-cs", camera);
    }
}
