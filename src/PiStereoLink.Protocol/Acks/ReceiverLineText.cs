using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace PiStereoLink.Protocol;

/// <summary>Writes and reads the lines. Fields and lines that are not known are ignored, so that either end may be the older one.</summary>
public static class ReceiverLineText
{
    private const int LongestReason = 64;

    /// <summary>Writes the line with its end, at most <see cref="ReceiverLine.MaxBytes"/>.</summary>
    /// <exception cref="ArgumentException">A kind that has no text, or a reason that is too long.</exception>
    public static void Write(IBufferWriter<byte> to, in ReceiverLine line)
    {
        ArgumentNullException.ThrowIfNull(to);
        var bytes = to.GetSpan(ReceiverLine.MaxBytes);
        if (!TryWrite(bytes, line, out var written))
            throw new ArgumentException($"A line of kind {line.Kind} and reason '{line.Why}' cannot be written.", nameof(line));
        bytes[written++] = (byte)'\n';
        to.Advance(written);
    }

    /// <summary>Reads a line without its end. What is no JSON object, or of no known kind, is <see cref="ReceiverLineKind.Unknown"/>.</summary>
    public static ReceiverLine Read(in ReadOnlySequence<byte> line)
    {
        if (line.Length > ReceiverLine.MaxBytes)
            return default;
        // In one piece: over several, the JSON reader of .NET 10 throws IndexOutOfRangeException on a literal that is cut short.
        Span<byte> bytes = stackalloc byte[(int)line.Length];
        line.CopyTo(bytes);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 4 });
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ReadFields(ref reader) : default;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return default;
        }
    }

    private static bool TryWrite(Span<byte> bytes, in ReceiverLine line, out int written)
    {
        var (id, culture) = (line.Identity, CultureInfo.InvariantCulture);
        written = 0;
        return line.Kind switch
        {
            ReceiverLineKind.Hello => Utf8.TryWrite(bytes, culture,
                $"{{\"hello\":1,\"maxFrameBytes\":{line.MaxFrameBytes},\"store\":{Text(line.Stores)},\"idleSeconds\":{line.IdleSeconds}}}", out written),
            ReceiverLineKind.Ack or ReceiverLineKind.Seen => Utf8.TryWrite(bytes, culture,
                $"{{\"{(line.Kind == ReceiverLineKind.Ack ? "ack" : "seen")}\":\"{id.Source:x8}{id.Run:x8}{id.Sequence:x16}\",\"t2\":{line.ArrivedAtMicroseconds},\"t3\":{line.WrittenAtMicroseconds}}}", out written),
            ReceiverLineKind.Nack => line.Why is { Length: > 0 and <= LongestReason } && Utf8.TryWrite(bytes, culture,
                $"{{\"nack\":\"{id.Source:x8}{id.Run:x8}{id.Sequence:x16}\",\"why\":\"{line.Why}\",\"retry\":{Text(line.Retry)}}}", out written),
            ReceiverLineKind.Idle => Utf8.TryWrite(bytes, culture, $"{{\"idle\":1}}", out written),
            _ => false,
        };
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static ReceiverLine ReadFields(ref Utf8JsonReader reader)
    {
        var line = new ReceiverLine();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("hello"u8)) line = line with { Kind = Next(ref reader).GetInt32() >= 1 ? ReceiverLineKind.Hello : ReceiverLineKind.Unknown };
            else if (reader.ValueTextEquals("idle"u8)) { reader.Skip(); line = line with { Kind = ReceiverLineKind.Idle }; }
            else if (reader.ValueTextEquals("ack"u8)) line = line with { Kind = ReceiverLineKind.Ack, Identity = Identity(ref Next(ref reader)) };
            else if (reader.ValueTextEquals("nack"u8)) line = line with { Kind = ReceiverLineKind.Nack, Identity = Identity(ref Next(ref reader)) };
            else if (reader.ValueTextEquals("seen"u8)) line = line with { Kind = ReceiverLineKind.Seen, Identity = Identity(ref Next(ref reader)) };
            else if (reader.ValueTextEquals("maxFrameBytes"u8)) line = line with { MaxFrameBytes = Next(ref reader).GetInt32() };
            else if (reader.ValueTextEquals("store"u8)) line = line with { Stores = Next(ref reader).GetBoolean() };
            else if (reader.ValueTextEquals("idleSeconds"u8)) line = line with { IdleSeconds = Next(ref reader).GetInt32() };
            else if (reader.ValueTextEquals("t2"u8)) line = line with { ArrivedAtMicroseconds = Next(ref reader).GetInt64() };
            else if (reader.ValueTextEquals("t3"u8)) line = line with { WrittenAtMicroseconds = Next(ref reader).GetInt64() };
            else if (reader.ValueTextEquals("why"u8)) line = line with { Why = Next(ref reader).GetString() };
            else if (reader.ValueTextEquals("retry"u8)) line = line with { Retry = Next(ref reader).GetBoolean() };
            else reader.Skip();
        }
        return line;
    }

    private static FrameIdentity Identity(ref Utf8JsonReader value)
    {
        Span<byte> text = stackalloc byte[ReceiverLine.MaxBytes];
        return FrameIdentity.TryParse(text[..value.CopyString(text)], out var identity) ? identity : throw new FormatException("An acknowledgement names no frame.");
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }
}
