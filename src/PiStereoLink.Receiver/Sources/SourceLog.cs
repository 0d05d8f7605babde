namespace PiStereoLink.Receiver.Sources;

/// <summary>What a device gives, said once at each start; aloud where it is not what was asked for.</summary>
internal static partial class SourceLog
{
    private const double SameRate = 0.02;

    public static void Tell(ILogger logger, VideoInput input, VideoRequest asked, int cameras)
    {
        var (format, width, height, fps) = input.Mode;
        Opened(logger, input.Address, format, width, height, fps);
        if (!input.IsLive)
            return;
        if (format != asked.FourCc && asked.FourCc == "MJPG")
            OtherFormat(logger, input.Address, format, Bandwidth.Sentence(width, height, fps > 0 ? fps : 30, cameras));
        else if (format != asked.FourCc)
            NotRaw(logger, input.Address, format, asked.FourCc);
        if (asked.Size is { } size && size != (width, height))
            OtherSize(logger, input.Address, width, height, size.Width, size.Height);
        if (asked.Fps is { } rate && fps > 0 && Math.Abs(fps - rate) > SameRate * rate)
            OtherRate(logger, input.Address, fps, rate);
    }

    [LoggerMessage(69, LogLevel.Warning, "{Sentence}")]
    public static partial void Alone(ILogger logger, string sentence);

    [LoggerMessage(70, LogLevel.Warning, "{Why} Trying again.")]
    public static partial void BrokenOff(ILogger logger, string why);

    [LoggerMessage(67, LogLevel.Information, "{Name} had drifted more than half a period of {Period:0.0} ms apart: the older picture was dropped, and they are {Skew:0.0} ms apart again (time {Times}; told ever more rarely).")]
    public static partial void Drifted(ILogger logger, string name, double skew, double period, long times);

    [LoggerMessage(68, LogLevel.Warning, "{Name} stay {Skew:0.0} ms apart, more than half a period of {Period:0.0} ms: this machine reads them too late, so only what stands still has a depth. Ask for a smaller +size or +fps (time {Times}; told ever more rarely).")]
    public static partial void StayApart(ILogger logger, string name, double skew, double period, long times);

    [LoggerMessage(60, LogLevel.Information, "{Address}: {Format}, {Width}x{Height}, {Fps} fps.")]
    private static partial void Opened(ILogger logger, string address, string format, int width, int height, double fps);

    [LoggerMessage(61, LogLevel.Warning, "{Address} was asked for MJPG and gives {Format}, which is encoded here. {Arithmetic}")]
    private static partial void OtherFormat(ILogger logger, string address, string format, string arithmetic);

    [LoggerMessage(62, LogLevel.Warning, "{Address} gives {Format}, not {Asked}. Is it a PS4 camera with its firmware?")]
    private static partial void NotRaw(ILogger logger, string address, string format, string asked);

    [LoggerMessage(63, LogLevel.Warning, "{Address} gives {Width}x{Height}, not the {AskedWidth}x{AskedHeight} asked for: a calibration of another size does not fit. `receiver cameras` lists its sizes, +size chooses one.")]
    private static partial void OtherSize(ILogger logger, string address, int width, int height, int askedWidth, int askedHeight);

    [LoggerMessage(64, LogLevel.Warning, "{Address} gives {Fps} pictures a second, not the {Asked} asked for.")]
    private static partial void OtherRate(ILogger logger, string address, double fps, double asked);
}
