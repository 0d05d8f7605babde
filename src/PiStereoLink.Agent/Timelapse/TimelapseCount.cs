using System.Text.Json.Serialization;

namespace PiStereoLink.Agent;

/// <summary>What became of every place on a timelapse's grid.</summary>
internal sealed record TimelapseCount
{
    /// <summary>Pictures taken and kept.</summary>
    public long Taken { get; set; }

    /// <summary>Of those, begun more than a tenth of the interval late.</summary>
    public long Late { get; set; }

    /// <summary>Places that passed while a picture was still being taken.</summary>
    public long Skipped { get; set; }

    /// <summary>Places outside the parts of the day asked for.</summary>
    public long Outside { get; set; }

    /// <summary>Places passed over because too little room was free.</summary>
    public long NoRoom { get; set; }

    /// <summary>Pictures that the camera did not give.</summary>
    public long Failed { get; set; }

    /// <summary>Old pictures deleted to keep as many as asked for.</summary>
    public long Deleted { get; set; }

    /// <summary>The last picture.</summary>
    public string? Last { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TimelapseCount))]
internal sealed partial class TimelapseJson : JsonSerializerContext;
