using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>How much is kept in memory.</summary>
/// <param name="Length">The last so long; null is as much as fits.</param>
/// <param name="MaxBytes">And never more than this.</param>
public sealed record CircularLimit(TimeSpan? Length, long MaxBytes)
{
    private const string Megabytes = "MB";

    /// <summary>An encoder keeps to its bit rate on average only: what moves a lot costs more for a while.</summary>
    private const int Slack = 2;

    /// <summary>Some key pictures fit in, however few bits are asked for.</summary>
    private const long LeastBytes = 4_000_000;

    /// <summary>Of H.264.</summary>
    /// <exception cref="SettingException">What is not allowed, in a sentence.</exception>
    public static CircularLimit Parse(string option, string text, long bitsPerSecond) =>
        Parse(option, text, seconds => Math.Max(LeastBytes, (long)(Slack * seconds * bitsPerSecond / 8)), $" at --bitrate {BitRate.Text(bitsPerSecond)}", "a lower --bitrate");

    /// <summary>Of pictures that all have the same length.</summary>
    /// <inheritdoc cref="Parse(string, string, long)" path="/exception"/>
    public static CircularLimit Parse(string option, string text, long pictureBytes, double framerate)
    {
        // One more makes it long enough, and another comes before the oldest goes.
        var limit = Parse(option, text, seconds => (long)(Math.Ceiling(seconds * framerate) + 2) * pictureBytes, "", "smaller pictures, or for fewer with --framerate");
        return limit.MaxBytes >= pictureBytes ? limit : throw new SettingException(
            string.Create(CultureInfo.InvariantCulture, $"{option} {text} is less than one picture, which has up to {pictureBytes / 1e6:0.0} MB: ask for more."));
    }

    private static CircularLimit Parse(string option, string text, Func<double, long> bytesOf, string at, string remedy)
    {
        var inBytes = text.EndsWith(Megabytes, StringComparison.OrdinalIgnoreCase);
        if (!double.TryParse(inBytes ? text[..^Megabytes.Length] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 1e6)
            throw new SettingException($"{option} '{text}' is neither seconds, such as 30, nor megabytes, such as 64MB: 1 to 1000000 of them.");
        // The rest of the machine wants to live, and a file that is being written is kept until it is.
        var most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        var bytes = inBytes ? (long)(number * 1e6) : bytesOf(number);
        return bytes <= most
            ? new(inBytes ? null : TimeSpan.FromSeconds(number), bytes)
            : throw new SettingException($"{option} {text}{at} may take {bytes / 1_000_000} MB of memory, and half of this machine's is {most / 1_000_000} MB: ask for less, or for {remedy}.");
    }
}
