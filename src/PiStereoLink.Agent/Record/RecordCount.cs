using System.Text.Json.Serialization;

namespace PiStereoLink.Agent;

/// <summary>What a recording has come to: the pictures that the camera delivered, and the files.</summary>
internal sealed record RecordCount
{
    private TimeSpan filmed;
    private TimeSpan? previous;
    private long intervals;

    /// <summary>Complete ones.</summary>
    public long Files { get; set; }

    public long Frames { get; private set; }

    /// <summary>Of those, such that a file can begin at.</summary>
    public long KeyFrames { get; private set; }

    /// <summary>Of video.</summary>
    public long Bytes { get; private set; }

    /// <summary>From each start's first picture to its last one.</summary>
    public double Seconds => Math.Round(filmed.TotalSeconds, 3);

    /// <summary>Pictures a second, as they came.</summary>
    public double Framerate => filmed > TimeSpan.Zero ? Math.Round(intervals / filmed.TotalSeconds, 2) : 0;

    /// <summary>Bits a second, as they came.</summary>
    public double Bitrate => filmed > TimeSpan.Zero ? Math.Round(8 * Bytes / filmed.TotalSeconds) : 0;

    /// <summary>How often the camera failed and was started again.</summary>
    public long Restarts { get; set; }

    /// <summary>Old files deleted to keep as many as asked for.</summary>
    public long Deleted { get; set; }

    /// <summary>Files that stayed H.264 because ffmpeg failed.</summary>
    public long Unconverted { get; set; }

    /// <summary>The last file.</summary>
    public string? Last { get; set; }

    /// <summary>How the bytes of each picture lie in the file, where it does not say that itself.</summary>
    [JsonIgnore]
    public RawGeometry? Geometry { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding => Geometry?.Encoding;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width => Geometry?.Width;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height => Geometry?.Height;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PaddedWidth => Geometry?.PaddedWidth;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PaddedHeight => Geometry?.PaddedHeight;

    public void Add(in FilmedPicture picture)
    {
        Frames++;
        KeyFrames += picture.IsKey ? 1 : 0;
        Bytes += picture.Bytes.Length;
        if (previous is { } before)
            (filmed, intervals) = (filmed + picture.Time - before, intervals + 1);
        previous = picture.Time;
    }

    /// <summary>The stream has ended: the time until the next one is not filmed.</summary>
    public void Cut() => previous = null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordCount))]
internal sealed partial class RecordJson : JsonSerializerContext;
