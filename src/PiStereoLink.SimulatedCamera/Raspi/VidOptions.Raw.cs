namespace PiStereoLink.SimulatedCamera.Raspi;

internal sealed partial record VidOptions
{
    /// <summary>What raspividyuv writes: yuv420, luma or rgb; null of raspivid.</summary>
    public string? RawEncoding { get; private init; }

    /// <summary>Of raspividyuv, which has no encoder, and no -fl: the end of each frame waits for the next one.</summary>
    public static VidOptions ParseRaw(string[] args)
    {
        var line = new RaspiCommandLine(args, RaspiCommandLine.Common, RaspiCommandLine.RawVideo);
        var common = CommonOf(line, "demo", "listen", "keypress", "timed");
        if (line.Has("luma") && line.Has("rgb"))
        {
            Console.Error.WriteLine("--luma and --rgb are mutually exclusive");
            throw new UsageException("--luma");
        }
        return new(common)
        {
            RawEncoding = line.Has("luma") ? "luma" : line.Has("rgb") ? "rgb" : "yuv420",
            FramesPerSecond = RateOf(line),
            SavePts = line.Text("save-pts"),
            Signal = line.Has("signal"),
            StartPaused = line.Word("initial", "record", "record", "pause") == "pause",
        };
    }
}
