using System.Text.RegularExpressions;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Sources;

/// <summary>A source of both eyes as it is asked for: <c>elp:/dev/video0,/dev/video2+size=1280x720</c>.</summary>
/// <param name="Addresses">Devices, films or folders; two for two devices or two folders, none for the rendered rig.</param>
/// <param name="Stream">The camera on the network whose frames hold both eyes, or null.</param>
public sealed partial record SourceSpec(SourceKind Kind, IReadOnlyList<string> Addresses, CameraName? Stream, SourceOptions Options)
{
    private const string Replay = "replay:", PiStream = "pi:";

    /// <summary>True where both eyes' pictures come in turns, so that equal numbers belong together; else their times tell.</summary>
    public bool IsInTurns => Kind is SourceKind.Elp or SourceKind.SideBySide or SourceKind.Ps4;

    private static readonly (string Prefix, SourceKind Kind)[] Kinds =
        [("elp:", SourceKind.Elp), ("sbs:", SourceKind.SideBySide), ("ps4:", SourceKind.Ps4), (Replay, SourceKind.Replay), ("sim:", SourceKind.Simulated)];

    /// <summary>True when a text begins as one.</summary>
    public static bool IsSource(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Kinds.Any(kind => text.StartsWith(kind.Prefix, StringComparison.Ordinal));
    }

    /// <summary>Reads a source that may have more behind it, <c>,CALIBRATION</c> in a rig; the source's own commas are its own.</summary>
    /// <param name="text">Begins with a source.</param>
    /// <param name="rest">What follows the comma behind the source, or null.</param>
    /// <exception cref="FormatException">It is none; the message says what came and what is allowed.</exception>
    public static SourceSpec Parse(string text, out string? rest)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (prefix, kind) = Kinds.FirstOrDefault(kind => text.StartsWith(kind.Prefix, StringComparison.Ordinal));
        if (prefix is null)
            throw Wrong(text, "it begins with none of " + string.Join(' ', Kinds.Select(kind => kind.Prefix)));
        var parts = text[prefix.Length..].Split(',');
        var own = kind == SourceKind.Elp || (kind == SourceKind.Replay && parts.Length > 1 && parts[1].StartsWith(Replay, StringComparison.Ordinal)) ? 2 : 1;
        if (parts.Length < own)
            throw Wrong(text, "two devices are needed");
        rest = parts.Length > own ? string.Join(',', parts[own..]) : null;
        var pieces = OptionStart.Split(string.Join(',', parts[..own]));
        var addresses = pieces[0].Split(',');
        if (kind == SourceKind.Replay && own == 2)
            addresses[1] = addresses[1][Replay.Length..];
        var options = SourceOptions.Parse(pieces[1..]);
        if (kind == SourceKind.Simulated)
            return addresses is [""] ? new(kind, [], null, options) : throw Wrong(text, "sim: takes no address");
        if (addresses.Any(address => address.Length == 0))
            throw Wrong(text, "an address is empty");
        if (addresses is [var one, var other] && one == other)
            throw Wrong(text, "left and right are the same");
        if (kind != SourceKind.SideBySide || !addresses[0].StartsWith(PiStream, StringComparison.Ordinal))
            return new(kind, addresses, null, options);
        return CameraName.TryParse(addresses[0][PiStream.Length..], out var stream)
            ? new(kind, [], stream, options)
            : throw Wrong(text, $"'{addresses[0][PiStream.Length..]}' is not NODE/CAMERA, each {CameraName.Allowed}");
    }

    private static FormatException Wrong(string text, string why) =>
        new($"Source '{text}': {why}. A source is elp:/dev/videoA,/dev/videoB, sbs:/dev/videoN, sbs:pi:NODE/CAMERA, ps4:/dev/videoN, replay:DIR or sim:, and behind it {SourceOptions.Allowed}.");

    // A name below by-path may hold any other character; an option begins with a word.
    [GeneratedRegex(@"\+(?=[a-z0-9]+(?:=|\+|$))")]
    private static partial Regex OptionStart { get; }
}
