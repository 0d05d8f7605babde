using System.Buffers;
using System.Text.Json;

namespace PiStereoLink.Protocol;

/// <summary>The exact values in a stamp's user comment: a small JSON object.</summary>
internal static class StampComment
{
    /// <summary>The comment with the character code that EXIF wants in front.</summary>
    public static ReadOnlySpan<byte> Write(Stamp stamp)
    {
        var comment = new ArrayBufferWriter<byte>(512);
        comment.Write(ExifTags.AsciiComment);
        using var json = new Utf8JsonWriter(comment);
        json.WriteStartObject();
        json.WriteNumber("v"u8, Stamp.Version);
        json.WriteString("node"u8, stamp.Camera.Node);
        json.WriteString("cam"u8, stamp.Camera.Camera);
        json.WriteNumber("run"u8, stamp.Identity.Run);
        json.WriteNumber("seq"u8, stamp.Identity.Sequence);
        if (Guid.TryParse(stamp.Boot, out var boot))
            json.WriteString("boot"u8, boot);
        if (stamp.MonotonicNanoseconds is { } monotonic)
            json.WriteNumber("mono_ns"u8, monotonic);
        json.WriteNumber("utc_us"u8, stamp.UtcMicroseconds);
        json.WriteStartObject("clk"u8);
        json.WriteString("src"u8, NameOf(stamp.Clock.Source));
        if (stamp.Clock.OffsetMicroseconds is { } offset)
            json.WriteNumber("off_us"u8, offset);
        if (stamp.Clock.ErrorMicroseconds is { } error)
            json.WriteNumber("err_us"u8, error);
        json.WriteEndObject();
        if (stamp.AnalogueGain is { } analogue && double.IsFinite(analogue))
            json.WriteNumber("ag"u8, Math.Round(analogue, 4));
        if (stamp.DigitalGain is { } digital && double.IsFinite(digital))
            json.WriteNumber("dg"u8, Math.Round(digital, 4));
        json.WriteEndObject();
        json.Flush();
        return comment.WrittenSpan;
    }

    /// <summary>False unless version, names, run and sequence are there, are valid and agree with <paramref name="identity"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, FrameIdentity identity, out Stamp? stamp)
    {
        stamp = null;
        Values values = default;
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

        if (values.Version != Stamp.Version || !CameraName.IsValid(values.Node) || !CameraName.IsValid(values.Camera) ||
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
            Boot = Guid.TryParse(values.Boot, out _) ? values.Boot : null,
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
            else if (reader.ValueTextEquals("node"u8)) values.Node = Next(ref reader).GetString();
            else if (reader.ValueTextEquals("cam"u8)) values.Camera = Next(ref reader).GetString();
            else if (reader.ValueTextEquals("run"u8)) values.Run = Next(ref reader).GetUInt32();
            else if (reader.ValueTextEquals("seq"u8)) values.Sequence = Next(ref reader).GetUInt64();
            else if (reader.ValueTextEquals("boot"u8)) values.Boot = Next(ref reader).GetString();
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
