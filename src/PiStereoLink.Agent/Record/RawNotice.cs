using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>What has to be known of a film without compression: how to look at it, and how soon it fills the disk.</summary>
internal static class RawNotice
{
    /// <summary>In sentences.</summary>
    /// <param name="geometry">How the bytes of each picture lie.</param>
    /// <param name="options">What is recorded.</param>
    /// <param name="hasFullRange">Its luminance goes from 0 to 255.</param>
    /// <param name="freeBytes">The room where files are written, without what must stay free; null where none are.</param>
    public static string Of(RawGeometry geometry, RecordOptions options, bool hasFullRange, long? freeBytes)
    {
        var bytesPerSecond = geometry.Bytes * options.Pictures.Framerate;
        var told = string.Create(CultureInfo.InvariantCulture, $"{geometry.Encoding}, {geometry.Width}x{geometry.Height} in {geometry.PaddedWidth}x{geometry.PaddedHeight}: " +
            $"{geometry.Bytes} bytes a picture, {bytesPerSecond / 1e6:0.0} MB a second. To see it: {Player(geometry, options, hasFullRange)}.");
        return freeBytes is { } free ? $"{told} {Room(TimeSpan.FromSeconds(Math.Min(Math.Max(free, 0) / bytesPerSecond, TimeSpan.MaxValue.TotalSeconds / 2)), options)}" : told;
    }

    /// <summary>A command that plays it, without what stands beside and below the picture.</summary>
    private static string Player(RawGeometry geometry, RecordOptions options, bool hasFullRange)
    {
        var crop = (geometry.PaddedWidth, geometry.PaddedHeight) == (geometry.Width, geometry.Height) ? "" : $" -vf crop={geometry.Width}:{geometry.Height}:0:0";
        return $"`ffplay -f rawvideo -pixel_format {(geometry.Encoding == "rgb" ? "rgb24" : "yuv420p")} -video_size {geometry.PaddedWidth}x{geometry.PaddedHeight} " +
            $"{(hasFullRange ? "-color_range pc " : "")}-framerate {ProgramArguments.Text(options.Pictures.Framerate)}{crop} {(options.Target.IsStdout ? "-" : "FILE")}`";
    }

    private static string Room(TimeSpan lasts, RecordOptions options) =>
        $"The free room of {options.Target.Folder} is enough for {Text(lasts)}" + (options switch
        {
            { Circular: not null } => ", of which nothing is used until it is written.",
            { Duration: { } asked } when asked > lasts => $", and --seconds asks for {Text(asked)}: the recording will end when it is full.",
            { Duration: not null } => ".",
            { Keep: not null } => "; --keep deletes old files before, if they are short enough.",
            _ => ": the recording will end then. --seconds ends it before; --segment with --keep deletes what is old.",
        });

    private static string Text(TimeSpan time) => time.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.0} days")
        : time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
