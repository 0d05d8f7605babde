using System.Buffers.Text;

namespace PiStereoLink.Agent;

/// <summary>
/// Reads the metadata of rpicam-vid line by line. It looks like a JSON array, but it is not always JSON: values with odd characters
/// go unquoted, the opening bracket can be missing, and an object's closing brace comes only when the next object begins. So an
/// object counts as whole at its first entry without a comma behind it.
/// </summary>
public sealed class CameraMetadataParser
{
    // Far above any line that is written; what is longer is thrown away instead of kept.
    private const int LongestLine = 16 * 1024;

    private CameraMetadata metadata;
    private bool inObject;

    /// <summary>Takes lines from the front of <paramref name="text"/> up to the end of an object; false when more is needed.</summary>
    public bool TryRead(ref ReadOnlySpan<byte> text, out CameraMetadata whole)
    {
        whole = default;
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0;)
        {
            var done = Take(text[..end]);
            text = text[(end + 1)..];
            if (!done)
                continue;
            whole = metadata;
            return true;
        }
        if (text.Length > LongestLine)
            text = default;
        return false;
    }

    /// <summary>The metadata of one still; null when the file is not there or holds none.</summary>
    public static CameraMetadata? ReadFile(string path)
    {
        if (!File.Exists(path))
            return null;
        ReadOnlySpan<byte> text = [.. File.ReadAllBytes(path), (byte)'\n'];
        return new CameraMetadataParser().TryRead(ref text, out var metadata) ? metadata : null;
    }

    /// <summary>True when the line ends an object.</summary>
    private bool Take(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty)
            return false;
        if (line[0] == (byte)'"')
        {
            Begin();
            var more = line[^1] == (byte)',';
            TakeEntry(more ? line[..^1] : line);
            inObject = more;
            return !more;
        }
        if (line[0] == (byte)'}' && inObject)        // an object that ended in a comma, or had no entries
        {
            inObject = false;
            return true;
        }
        if (line[^1] == (byte)'{')
            Begin();
        return false;
    }

    private void Begin()
    {
        if (!inObject)
            metadata = default;
        inObject = true;
    }

    private void TakeEntry(ReadOnlySpan<byte> entry)
    {
        var colon = entry.IndexOf((byte)':');
        if (colon < 0)
            return;
        var key = entry[..colon].Trim(" \t\""u8);
        var value = entry[(colon + 1)..].Trim(" \t\""u8);
        if (key.SequenceEqual("FrameWallClock"u8)) metadata = metadata with { WallClockNanoseconds = Whole(value) };
        else if (key.SequenceEqual("SensorTimestamp"u8)) metadata = metadata with { SensorNanoseconds = Whole(value) };
        else if (key.SequenceEqual("ExposureTime"u8)) metadata = metadata with { ExposureMicroseconds = Number(value) };
        else if (key.SequenceEqual("AnalogueGain"u8)) metadata = metadata with { AnalogueGain = Number(value) };
        else if (key.SequenceEqual("DigitalGain"u8)) metadata = metadata with { DigitalGain = Number(value) };
        else if (key.SequenceEqual("ColourGains"u8)) metadata = metadata with { ColourGains = Gains(value) };
        else if (key.SequenceEqual("LensPosition"u8)) metadata = metadata with { LensPosition = NotNegative(value) };
    }

    private static long? Whole(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length && number > 0 ? number : null;

    /// <summary><c>[ 1.9, 1.6 ]</c></summary>
    private static ColourGains? Gains(ReadOnlySpan<byte> text)
    {
        text = text.Trim("[]() "u8);
        var comma = text.IndexOf((byte)',');
        return comma > 0 && Number(text[..comma].TrimEnd((byte)' ')) is { } red && Number(text[(comma + 1)..].TrimStart((byte)' ')) is { } blue ? new(red, blue) : null;
    }

    private static double? Number(ReadOnlySpan<byte> text) => NotNegative(text) is > 0 and var number ? number : null;

    private static double? NotNegative(ReadOnlySpan<byte> text) =>
        PlainNumber.TryParse(text, out var number) || Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && double.IsFinite(number) && number >= 0
            ? number : null;
}
