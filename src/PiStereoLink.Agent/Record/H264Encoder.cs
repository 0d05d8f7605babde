namespace PiStereoLink.Agent;

/// <summary>What encodes: the GPU of every Pi before the fifth, which has limits, or a library on the CPU, which has a speed.</summary>
public sealed record H264Encoder(bool IsHardware, bool IsLegacy)
{
    // ITU-T H.264, table A-1: blocks of 16x16 pixels a second. Level 4 is 1080p30; above level 4.2 (1080p64) the encoder in hardware refuses.
    private const double BlocksOfLevel4 = 245_760, BlocksOfLevel42 = 522_240;

    // Of the driver bcm2835-codec, and of raspivid at level 4; at 4.2 raspivid takes more.
    private const long MostBits = 25_000_000, MostBitsOfLevel42 = 62_500_000;
    private const int LongestSide = 1920;

    public static H264Encoder Of(CameraProgram program, Board board)
    {
        var isLegacy = program.Dialect == CameraDialect.Raspi;
        return new(isLegacy || program.FirstArguments.Length == 0 && !IsOnCpu(board), isLegacy);
    }

    /// <summary>The level to ask for; null leaves it to the program.</summary>
    public static string? Level(PictureSettings pictures) => Blocks(pictures) is > BlocksOfLevel4 and <= BlocksOfLevel42 ? "4.2" : null;

    /// <summary>Why it cannot encode this, in a sentence; null when it can.</summary>
    public string? Problem(PictureSettings pictures, H264Settings encoding)
    {
        if (!IsHardware)
            return null;
        var most = IsLegacy && Level(pictures) is not null ? MostBitsOfLevel42 : MostBits;
        var (width, height) = (pictures.Width!.Value, pictures.Height!.Value);
        return Math.Max(width, height) > LongestSide
                ? $"This Pi's H.264 encoder takes pictures of at most {LongestSide} pixels a side, not {width}x{height}: ask for a smaller --width and --height."
            : Blocks(pictures) > BlocksOfLevel42
                ? $"This Pi's H.264 encoder takes at most {ProgramArguments.Text(Math.Floor(BlocksOfLevel42 / BlocksOf(width, height)))} pictures a second of {width}x{height}, not {ProgramArguments.Text(pictures.Framerate)}: ask for a lower --framerate, or a smaller --width and --height."
            : encoding.BitsPerSecond > most
                ? $"This Pi's H.264 encoder makes at most {BitRate.Text(most)} bits a second of this, not {BitRate.Text(encoding.BitsPerSecond)}: ask for a lower --bitrate."
            : null;
    }

    private static bool IsOnCpu(Board board) =>
        board.Kind is BoardKind.NotAPi or BoardKind.Pi5 || board.Name.StartsWith("Raspberry Pi Compute Module 5", StringComparison.Ordinal);

    private static double Blocks(PictureSettings pictures) => BlocksOf(pictures.Width!.Value, pictures.Height!.Value) * pictures.Framerate;

    private static int BlocksOf(int width, int height) => (width + 15) / 16 * ((height + 15) / 16);
}
