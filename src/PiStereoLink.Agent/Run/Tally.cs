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

    /// <summary>The spool was full, or the disk under it.</summary>
    Full,

    /// <summary>The disk failed, or was too slow.</summary>
    Disk,

    /// <summary>The receiver will never take it.</summary>
    Refused,
}

/// <summary>What became of every frame (<see cref="Accounting"/>). Every frame is counted once when it is taken and once when it meets its fate.</summary>
public sealed partial class Tally
{
    private readonly long[] dropped = new long[Enum.GetValues<DropReason>().Length];
    private readonly ConcurrentDictionary<CameraName, CameraTally> cameras = new();
    private long captured;
    private long spooledAtStart;
    private long acked;
    private long unconfirmed;
    private long spooled;
    private long inFlight;
    private long cameraStarts;

    public long Captured => Interlocked.Read(ref captured);

    /// <summary>On the receiver's disk.</summary>
    public long Acked => Interlocked.Read(ref acked);

    /// <summary>Delivered to a receiver that does not acknowledge.</summary>
    public long Unconfirmed => Interlocked.Read(ref unconfirmed);

    public long Dropped(DropReason reason) => Interlocked.Read(ref dropped[(int)reason]);

    /// <summary>How often a camera was started, with or without success: a sign of life while no picture comes.</summary>
    public long CameraStarts => Interlocked.Read(ref cameraStarts);

    /// <summary>One camera's share, and its troubles.</summary>
    public CameraTally Of(CameraName camera) => cameras.GetOrAdd(camera, name => new CameraTally(name));

    public void CountCameraStart() => Interlocked.Increment(ref cameraStarts);

    /// <param name="camera">Of this tally.</param>
    public void CountCaptured(CameraTally camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        Interlocked.Increment(ref captured);
        camera.CountCaptured();
    }

    /// <summary>Frames that lay on disk from runs before this one.</summary>
    public void CountSpooledAtStart(long frames) => Interlocked.Add(ref spooledAtStart, frames);

    public void CountAcked() => Interlocked.Increment(ref acked);

    public void CountUnconfirmed() => Interlocked.Increment(ref unconfirmed);

    public void CountDropped(DropReason reason) => Interlocked.Increment(ref dropped[(int)reason]);

    /// <summary>One that counted as dropped is on disk after all.</summary>
    public void TakeBackDropped(DropReason reason) => Interlocked.Decrement(ref dropped[(int)reason]);

    /// <summary>What a link leaves behind at its end.</summary>
    /// <param name="onDisk">Frames for the next run.</param>
    /// <param name="unanswered">Frames that were in memory only, sent and not answered: the receiver may have them.</param>
    public void CountLeft(long onDisk, long unanswered)
    {
        Interlocked.Add(ref spooled, onDisk);
        Interlocked.Add(ref inFlight, unanswered);
    }

    /// <summary>The agent's last line.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            new Accounting(Interlocked.Read(ref spooledAtStart), Captured, Acked, Unconfirmed, Interlocked.Read(ref spooled), Interlocked.Read(ref inFlight),
                Array.ConvertAll(Enum.GetValues<DropReason>(), Dropped)).Write(json);
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
