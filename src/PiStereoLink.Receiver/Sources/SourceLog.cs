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
