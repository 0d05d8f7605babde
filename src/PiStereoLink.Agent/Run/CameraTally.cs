using System.Text.Json;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What one camera has done: pictures, starts after a failure by their reason, and pictures that came cut off or damaged.</summary>
public sealed class CameraTally(CameraName name)
{
    private readonly long[] restarts = new long[Enum.GetValues<CameraTrouble>().Length];
    private long captured;
    private long damaged;

    public CameraName Name => name;

    public long Captured => Interlocked.Read(ref captured);

    public long Damaged => Interlocked.Read(ref damaged);

    public long Restarts(CameraTrouble reason) => Interlocked.Read(ref restarts[(int)reason]);

    public void CountCaptured() => Interlocked.Increment(ref captured);

    public void CountDamaged(long pictures) => Interlocked.Add(ref damaged, pictures);

    public void CountRestart(CameraTrouble reason) => Interlocked.Increment(ref restarts[(int)reason]);

    /// <summary>Its part of the agent's last line; reasons that never were are left out.</summary>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("name"u8, name.ToString());
        json.WriteNumber("captured"u8, Captured);
        json.WriteStartObject("restarts"u8);
        foreach (var reason in Enum.GetValues<CameraTrouble>())
            if (Restarts(reason) is > 0 and var times)
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()), times);
        json.WriteEndObject();
        json.WriteNumber("damaged"u8, Damaged);
        json.WriteEndObject();
    }
}
