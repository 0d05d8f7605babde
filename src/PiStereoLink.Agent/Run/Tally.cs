using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Why a frame was not sent.</summary>
public enum DropReason
{
    /// <summary>The link was down or too slow, and newer frames came.</summary>
    Link,

    /// <summary>It was still queued when the agent had been stopped and the time to drain was over.</summary>
    Drain,
}

/// <summary>
/// What became of every frame: spooledAtStart + captured = acked + unconfirmed + spooled + inFlight + dropped.
/// Every frame is counted once when it is taken and once when it meets its fate.
/// </summary>
public sealed class Tally
{
    private readonly long[] dropped = new long[Enum.GetValues<DropReason>().Length];
    private readonly ConcurrentDictionary<CameraName, CameraTally> cameras = new();
    private long captured;
    private long unconfirmed;
    private long cameraStarts;

    public long Captured => Interlocked.Read(ref captured);

    /// <summary>Sent to a receiver that does not acknowledge.</summary>
    public long Unconfirmed => Interlocked.Read(ref unconfirmed);

    public long Dropped(DropReason reason) => Interlocked.Read(ref dropped[(int)reason]);

    /// <summary>How often a camera was started, with or without success: a sign of life while no picture comes.</summary>
    public long CameraStarts => Interlocked.Read(ref cameraStarts);

    /// <summary>One camera's share, and its troubles.</summary>
    public CameraTally Of(CameraName camera) => cameras.GetOrAdd(camera, name => new CameraTally(name));

    public void CountCameraStart() => Interlocked.Increment(ref cameraStarts);

    public void CountCaptured(CameraName camera)
    {
        Interlocked.Increment(ref captured);
        Of(camera).CountCaptured();
    }

    public void CountUnconfirmed() => Interlocked.Increment(ref unconfirmed);

    public void CountDropped(DropReason reason) => Interlocked.Increment(ref dropped[(int)reason]);

    /// <summary>The agent's last line. Without acknowledgements and a spool their terms are 0.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("spooledAtStart"u8, 0);
            json.WriteNumber("captured"u8, Captured);
            json.WriteNumber("acked"u8, 0);
            json.WriteNumber("unconfirmed"u8, Unconfirmed);
            json.WriteNumber("spooled"u8, 0);
            json.WriteNumber("inFlight"u8, 0);
            json.WriteStartObject("dropped"u8);
            json.WriteNumber("link"u8, Dropped(DropReason.Link));
            json.WriteNumber("drain"u8, Dropped(DropReason.Drain));
            json.WriteEndObject();
            json.WriteStartArray("cameras"u8);
            foreach (var camera in cameras.Values.OrderBy(camera => camera.Name.ToString(), StringComparer.Ordinal))
                camera.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }
}

internal static class TallyFeature
{
    public static HostApplicationBuilder AddTally(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Tally>();
        return builder;
    }
}
