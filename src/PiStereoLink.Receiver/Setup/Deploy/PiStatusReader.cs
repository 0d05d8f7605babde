using System.Globalization;
using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>Reads what <c>state.sh</c> has found, and tells it to people.</summary>
internal static class PiStatusReader
{
    /// <param name="host">The machine.</param>
    /// <param name="facts">What was found there.</param>
    /// <param name="here">Its cameras at the receiver; null where none runs.</param>
    public static PiStatus Read(string host, Facts facts, CameraStatus[]? here)
    {
        var pairing = facts.File("pairing")?.Split('\n');
        var error = facts.File("log")?.Split('\n').LastOrDefault(IsError)?.Trim();
        return new(host, facts.Of("ActiveState") ?? "not known", facts.Has("UnitFileState", "enabled"), (int)(facts.Number("NRestarts") ?? 0), facts.Of("agent"),
            pairing is [_, _, var node, ..] ? node : null, pairing?[0], Frames(facts.File("status")), facts.Of("temperature"), facts.Of("throttled"), facts.Number("free_kb") / 1024,
            here?.Any(camera => camera.Connected), here?.Sum(camera => camera.Frames), here is null ? null : Math.Round(here.Sum(camera => camera.Fps), 1), error is null ? null : ForeignText.Shown(error));
    }

    public static IEnumerable<string> Lines(PiStatus status)
    {
        yield return $"{status.Host}: the service is {status.Service}{(status.Enabled ? "" : ", does not start with the system")}, {status.Agent ?? "no agent"}, restarted {status.Restarts} times";
        yield return status.Node is null ? "not paired" : $"paired with {status.PairedWith} as {status.Node}";
        if (status.Frames is { } frames)
            yield return $"its pictures at {frames.At}: {frames.Captured} captured, {frames.Acked} acknowledged, {frames.Unconfirmed} unconfirmed, {frames.Spooled} waiting, {frames.Dropped} dropped";
        yield return status.Connected is { } connected
            ? string.Create(CultureInfo.InvariantCulture, $"here: {(connected ? "connected" : "not connected")}, {status.FramesAtReceiver} pictures, {status.FramesPerSecond:0.0} a second")
            : "here: no receiver runs";
        yield return $"temperature {status.Temperature ?? "not known"}, {Throttled(status.Throttled)}, {(status.FreeMegabytes is { } free ? $"{free} MB free" : "space not known")}";
        if (status.LastError is { } error)
            yield return $"last error: {error}";
    }

    // https://www.raspberrypi.com/documentation/computers/os.html, vcgencmd get_throttled: bits 0 to 3 are now, 16 to 19 since the start.
    private static string Throttled(string? bits) =>
        bits is null || !uint.TryParse(bits.Replace("0x", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags) ? "throttling not known"
        : (flags & 0xF) != 0 ? $"throttled now ({bits}): {((flags & 1) != 0 ? "its supply is too weak" : "it is too warm")}"
        : (flags & 0xF0000) != 0 ? $"was throttled since its start ({bits}): {((flags & 0x10000) != 0 ? "its supply is too weak" : "it was too warm")}"
        : "not throttled";

    /// <summary>How .NET's log marks warnings and worse, and what systemd says of a service that ended.</summary>
    private static bool IsError(string line) =>
        line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal) || line.Contains("Main process exited", StringComparison.Ordinal) && !line.EndsWith("status=0", StringComparison.Ordinal);

    private static Frames? Frames(string? json)
    {
        try
        {
            if (json is null)
                return null;
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(root.TryGetProperty("at", out var at) ? at.GetString() : null, Count("captured"), Count("acked"), Count("unconfirmed"), Count("spooled"), Dropped());

            long? Count(string name) => root.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;
            long? Dropped() => root.TryGetProperty("dropped", out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Sum(reason => reason.Value.TryGetInt64(out var number) ? number : 0) : Count("dropped");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
