using System.Globalization;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>How a source is set up: <c>+size=1280x720 +fps=30 +crop=960x720 +layout=sensor +exposure=auto +swap</c>, behind its address without spaces.</summary>
public sealed record SourceOptions
{
    public const string Allowed = "+size=WxH, +fps=N, +crop=WxH, +layout=blog|sensor, +exposure=auto|N and +swap";

    /// <summary>Asked of the device; null takes what suits the source.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Frames a second asked of the device, or at which pictures without a time are replayed.</summary>
    public double? Fps { get; init; }

    /// <summary>The middle of each eye's picture that is kept.</summary>
    public (int Width, int Height)? Crop { get; init; }

    /// <summary>How a PS4 frame is cut. The two do not fit each other's calibrations: one has 1264x800, the other 1280x800.</summary>
    public StereoLayout Ps4Layout { get; init; } = StereoLayout.Ps4Sensor;

    /// <summary>Null: the camera sets it; else in the driver's unit, which for UVC is 0.1 ms.</summary>
    public int? Exposure { get; init; }

    /// <summary>The eyes are the other way round than they come.</summary>
    public bool Swap { get; init; }

    /// <exception cref="FormatException">An option is none; the message says what came and what is allowed.</exception>
    public static SourceOptions Parse(IEnumerable<string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Aggregate(new SourceOptions(), static (read, option) => option.Split('=', 2) switch
        {
            ["size", var value] => read with { Size = SizeOf(option, value) },
            ["crop", var value] => read with { Crop = SizeOf(option, value) },
            ["fps", var value] => read with { Fps = double.TryParse(value, CultureInfo.InvariantCulture, out var fps) && fps is > 0 and <= 1000 ? fps : throw Wrong(option, "1 to 1000 is allowed") },
            ["layout", "blog"] => read with { Ps4Layout = StereoLayout.Ps4 },
            ["layout", "sensor"] => read with { Ps4Layout = StereoLayout.Ps4Sensor },
            ["exposure", "auto"] => read with { Exposure = null },
            ["exposure", var value] => read with { Exposure = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units > 0 ? units : throw Wrong(option, "auto or a whole number above 0 is allowed") },
            ["swap"] => read with { Swap = true },
            _ => throw Wrong(option, Allowed + " are allowed"),
        });
    }

    private static (int, int) SizeOf(string option, string text) =>
        text.Split('x') is [var width, var height]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
        && columns is > 0 and <= 16384 && rows is > 0 and <= 16384
            ? (columns, rows) : throw Wrong(option, "a size such as 1280x720 is allowed");

    private static FormatException Wrong(string option, string allowed) => new($"+{option}: {allowed}.");
}
