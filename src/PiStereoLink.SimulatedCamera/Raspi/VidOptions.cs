using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>The options of raspivid, with its defaults.</summary>
internal sealed record VidOptions(RaspiOptions Common)
{
    private const int UsualBitsPerSecond = 17_000_000, MostBitsPerSecond = 25_000_000, UsualIntra = 60, MostFramesPerSecond = 200;

    public int FramesPerSecond { get; private init; }

    /// <summary>Else MJPEG.</summary>
    public bool IsH264 { get; private init; }

    /// <summary>Of H.264: a key frame each so many frames.</summary>
    public int Intra { get; private init; }

    public int BitsPerSecond { get; private init; }

    public bool Flush { get; private init; }

    public bool Signal { get; private init; }

    public bool StartPaused { get; private init; }

    public VideoPlan Plan => new(
        Common.Eye, Common.Framing, Common.Exposure, FramesPerSecond, Common.Timeout ?? TimeSpan.FromSeconds(5), Frames: 0, StartPaused);

    public static VidOptions Parse(string[] args)
    {
        var line = new RaspiCommandLine(args, RaspiCommandLine.Common, RaspiCommandLine.Video);
        foreach (var name in (string[])["segment", "split", "circular", "vectors", "raw", "listen", "keypress", "timed", "save-pts"])
            if (line.Has(name))
                throw new SoftwareException($"--{name} is not simulated");
        var common = RaspiOptions.Of(line, usualWidth: 1920, usualHeight: 1080);
        if (common.Output?.Contains("://", StringComparison.Ordinal) == true)
            throw new SoftwareException("network output is not simulated, use -o -");
        var isH264 = line.Word("codec", "H264", "H264", "MJPEG") == "H264";
        if (isH264 && !H264.IsInstalled)
            throw new SoftwareException("H264 is not simulated without ffmpeg, use -cd MJPEG");
        return new(common)
        {
            FramesPerSecond = Math.Clamp(line.Whole("framerate", 30, least: 1), 1, MostFramesPerSecond),
            IsH264 = isH264,
            Intra = line.Whole("intra", UsualIntra, least: 1),
            BitsPerSecond = Clamped(line.Whole("bitrate", UsualBitsPerSecond, least: 1)),
            Flush = line.Has("flush"),
            Signal = line.Has("signal"),
            StartPaused = line.Word("initial", "record", "record", "pause") == "pause",
        };
    }

    private static int Clamped(int bitsPerSecond)
    {
        if (bitsPerSecond <= MostBitsPerSecond)
            return bitsPerSecond;
        Console.Error.WriteLine("Bitrate too high: Reducing to 25MBit/s");
        return MostBitsPerSecond;
    }
}
