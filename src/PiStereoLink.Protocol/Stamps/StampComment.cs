using System.Text.Json;

namespace PiStereoLink.Protocol;

/// <summary>The exact values in a stamp's user comment: a small JSON object.</summary>
internal static class StampComment
{
    /// <summary>The longest names and numbers fit.</summary>
    public const int MaxBytes = 640;

    /// <summary>Writes the comment with the character code that EXIF wants in front; returns its length in bytes.</summary>
    public static int Write(Span<byte> to, in Stamp stamp)
    {
        var json = new JsonText(to);
        json.Add(ExifTags.AsciiComment);
        json.Add("{\"v\":"u8, (ulong)Stamp.Version);
        json.Add(",\"node\":"u8, stamp.Camera.Node);
        json.Add(",\"cam\":"u8, stamp.Camera.Camera);
        json.Add(",\"run\":"u8, (ulong)stamp.Identity.Run);
        json.Add(",\"seq\":"u8, stamp.Identity.Sequence);
        if (stamp.Boot is not null && Guid.TryParse(stamp.Boot, out _))
            json.Add(",\"boot\":"u8, stamp.Boot);
        if (stamp.MonotonicNanoseconds is { } monotonic)
            json.Add(",\"mono_ns\":"u8, monotonic);
        json.Add(",\"utc_us\":"u8, stamp.UtcMicroseconds);
        json.Add(",\"clk\":{\"src\":"u8, NameOf(stamp.Clock.Source));
        if (stamp.Clock.OffsetMicroseconds is { } offset)
            json.Add(",\"off_us\":"u8, offset);
        if (stamp.Clock.ErrorMicroseconds is { } error)
            json.Add(",\"err_us\":"u8, error);
        json.Add("}"u8);
        json.Add(",\"ag\":"u8, stamp.AnalogueGain);
        json.Add(",\"dg\":"u8, stamp.DigitalGain);
        json.Add("}"u8);
        return json.Length;
    }

    /// <summary>False unless version, names, run and sequence are there, are valid and agree with <paramref name="identity"/>.</summary>
    /// <param name="json">The comment's text.</param>
    /// <param name="identity">What the picture's id says.</param>
    /// <param name="like">The stamp before it: equal strings are taken from there instead of being made again.</param>
    /// <param name="stamp">What was read.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, FrameIdentity identity, Stamp like, out Stamp stamp)
    {
        stamp = default;
        var values = new Values { Node = like.Camera.Node, Camera = like.Camera.Camera, Boot = like.Boot };
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            ReadObject(ref reader, ref values);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }

        if (values.Version != Stamp.Version || !values.HasNode || !values.HasCamera || !CameraName.IsValid(values.Node) || !CameraName.IsValid(values.Camera) ||
            values.Run != identity.Run || values.Sequence != identity.Sequence ||
            values.Utc is not { } utc || Stamp.FromMicroseconds(utc) is not { } capturedAt ||
            Stamp.FromMicroseconds(utc + Math.Clamp(values.Offset ?? 0, -utc, MaxOffset)) is null)
            return false;
        stamp = new Stamp
        {
            Camera = new CameraName(values.Node!, values.Camera!),
            Identity = identity,
            CapturedAt = capturedAt,
            Clock = new ClockState(values.Source, values.Offset is >= -MaxOffset and <= MaxOffset ? values.Offset : null, values.Error),
            Boot = values.HasBoot && Guid.TryParse(values.Boot, out _) ? values.Boot : null,
            MonotonicNanoseconds = values.Monotonic,
            AnalogueGain = values.AnalogueGain,
            DigitalGain = values.DigitalGain,
        };
        return true;
    }

    /// <summary>A Pi without a clock boots years in the past; more than a hundred years is no clock.</summary>
    private const long MaxOffset = 100L * 366 * 24 * 3600 * 1_000_000;

    private struct Values
    {
        public int Version;
        public bool HasNode, HasCamera, HasBoot;
        public string? Node, Camera, Boot;
        public uint? Run;
        public ulong? Sequence;
        public long? Monotonic, Utc, Offset, Error;
        public double? AnalogueGain, DigitalGain;
        public ClockSource Source;
    }

    private static void ReadObject(ref Utf8JsonReader reader, ref Values values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("v"u8)) values.Version = Next(ref reader).GetInt32();
            else if (reader.ValueTextEquals("node"u8)) values.HasNode = Take(ref Next(ref reader), ref values.Node);
            else if (reader.ValueTextEquals("cam"u8)) values.HasCamera = Take(ref Next(ref reader), ref values.Camera);
            else if (reader.ValueTextEquals("run"u8)) values.Run = Next(ref reader).GetUInt32();
            else if (reader.ValueTextEquals("seq"u8)) values.Sequence = Next(ref reader).GetUInt64();
            else if (reader.ValueTextEquals("boot"u8)) values.HasBoot = Take(ref Next(ref reader), ref values.Boot);
            else if (reader.ValueTextEquals("mono_ns"u8)) values.Monotonic = Next(ref reader).GetInt64();
            else if (reader.ValueTextEquals("utc_us"u8)) values.Utc = Next(ref reader).GetInt64();
            else if (reader.ValueTextEquals("off_us"u8)) values.Offset = Next(ref reader).GetInt64();
            else if (reader.ValueTextEquals("err_us"u8)) values.Error = Next(ref reader).GetInt64();
            else if (reader.ValueTextEquals("ag"u8)) values.AnalogueGain = Next(ref reader).GetDouble();
            else if (reader.ValueTextEquals("dg"u8)) values.DigitalGain = Next(ref reader).GetDouble();
            else if (reader.ValueTextEquals("src"u8)) values.Source = SourceOf(ref Next(ref reader));
            else if (reader.ValueTextEquals("clk"u8) && Next(ref reader).TokenType == JsonTokenType.StartObject) ReadObject(ref reader, ref values);
            else reader.Skip();
        }
    }

    /// <summary>Takes a text, the old one where it is the same.</summary>
    private static bool Take(ref Utf8JsonReader value, ref string? text)
    {
        if (value.TokenType != JsonTokenType.String || text is null || !value.ValueTextEquals(text))
            text = value.GetString();
        return text is not null;
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }

    private static ClockSource SourceOf(ref Utf8JsonReader value) =>
        value.ValueTextEquals("ntp"u8) ? ClockSource.Ntp : value.ValueTextEquals("receiver"u8) ? ClockSource.Receiver : ClockSource.None;

    private static string NameOf(ClockSource source) => source switch
    {
        ClockSource.Ntp => "ntp",
        ClockSource.Receiver => "receiver",
        _ => "none",
    };
}
