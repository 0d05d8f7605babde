using System.Text.Json;

namespace PiStereoLink.Agent;

/// <summary>
/// What became of every frame: spooledAtStart + captured = acked + unconfirmed + spooled + inFlight + dropped. No frame is in two of the
/// terms on the right.
/// </summary>
/// <param name="SpooledAtStart">On disk from runs before this one.</param>
/// <param name="Captured">Taken in this run.</param>
/// <param name="Acked">On the receiver's disk.</param>
/// <param name="Unconfirmed">Delivered to a receiver that does not acknowledge.</param>
/// <param name="Spooled">On disk here, and not under way.</param>
/// <param name="InFlight">In memory: waiting to be sent, or sent and not answered.</param>
/// <param name="Dropped">Given up, by reason.</param>
public sealed record Accounting(long SpooledAtStart, long Captured, long Acked, long Unconfirmed, long Spooled, long InFlight, IReadOnlyList<long> Dropped)
{
    /// <summary>For people, in one line.</summary>
    public override string ToString() =>
        $"{Captured} captured, {SpooledAtStart} from before; {Acked} acknowledged, {Unconfirmed} unconfirmed, {Spooled} on disk, {InFlight} under way, {Dropped.Sum()} dropped";

    /// <summary>Its part of a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteNumber("spooledAtStart"u8, SpooledAtStart);
        json.WriteNumber("captured"u8, Captured);
        json.WriteNumber("acked"u8, Acked);
        json.WriteNumber("unconfirmed"u8, Unconfirmed);
        json.WriteNumber("spooled"u8, Spooled);
        json.WriteNumber("inFlight"u8, InFlight);
        json.WriteStartObject("dropped"u8);
        foreach (var reason in Enum.GetValues<DropReason>())
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()), Dropped[(int)reason]);
        json.WriteEndObject();
    }
}
