using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PiStereoLink.Vision;

/// <summary>
/// One .npy stream: a magic string, a version, a Python dictionary as text, the elements.
/// Written after NumPy's "NPY format" note (numpy.lib.format), versions 1.0 and 2.0.
/// </summary>
internal static partial class NpyFormat
{
    // NumPy itself refuses headers over 10 000 characters (numpy.lib.format.read_array, max_header_size).
    private const int MaxHeaderBytes = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <param name="source">The stream, at the magic string.</param>
    /// <param name="availableBytes">What the stream can hold at most; no more than this is ever allocated.</param>
    /// <exception cref="InvalidDataException">With a sentence that does not name the file: the caller does.</exception>
    public static NpyArray Read(Stream source, long availableBytes)
    {
        var header = ReadHeader(source);
        var descr = Find(DescrPattern(), header, "descr");
        if (!NpyTypes.TryParse(descr, out var type))
            throw new InvalidDataException($"its element type is {descr}; allowed are {NpyTypes.Allowed} (no pickled objects, no big-endian numbers, no records).");
        if (Find(FortranPattern(), header, "fortran_order") == "True")
            throw new InvalidDataException("it is in Fortran order; save it in C order (numpy.ascontiguousarray).");
        var shape = ParseShape(Find(ShapePattern(), header, "shape"));

        var bytes = (long)type.Size();
        foreach (var axis in shape)
            bytes = checked(bytes * axis);
        if (bytes > availableBytes)
            throw new InvalidDataException($"its header promises {bytes} bytes of elements, at most {availableBytes} can follow.");
        var data = new byte[bytes];
        if (source.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length)
            throw new InvalidDataException($"it ends before its {bytes} bytes of elements do.");
        return new NpyArray(type, shape, data);
    }

    public static void Write(Stream target, NpyArray array)
    {
        var text = $"{{'descr': '{array.Type.Descr()}', 'fortran_order': False, 'shape': {array.DescribeShape()}, }}";
        // The elements start at a multiple of 64 bytes, so that NumPy can map them.
        var length = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        Span<byte> prefix = stackalloc byte[10];
        Magic.CopyTo(prefix);
        prefix[6] = 1;
        prefix[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(prefix[8..], (ushort)length);
        target.Write(prefix);
        target.Write(Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n"));
        target.Write(array.Bytes);
    }

    private static string ReadHeader(Stream source)
    {
        Span<byte> prefix = stackalloc byte[12];
        if (source.ReadAtLeast(prefix[..8], 8, throwOnEndOfStream: false) < 8 || !prefix[..6].SequenceEqual(Magic))
            throw new InvalidDataException("it does not begin with NumPy's magic string.");
        if (prefix[6] is not (1 or 2))
            throw new InvalidDataException($"it has .npy version {prefix[6]}.{prefix[7]}; versions 1.0 and 2.0 are read.");

        var lengthBytes = prefix[6] == 1 ? 2 : 4;
        if (source.ReadAtLeast(prefix.Slice(8, lengthBytes), lengthBytes, throwOnEndOfStream: false) < lengthBytes)
            throw new InvalidDataException("it ends inside its header.");
        var length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (length > MaxHeaderBytes)
            throw new InvalidDataException($"its header is {length} bytes long; up to {MaxHeaderBytes} are read.");

        var header = new byte[length];
        if (source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new InvalidDataException("it ends inside its header.");
        return Encoding.Latin1.GetString(header);
    }

    private static string Find(Regex pattern, string header, string key) =>
        pattern.Match(header) is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidDataException($"its header has no readable '{key}': {header.Trim()}");

    private static int[] ParseShape(string text)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > 8)
            throw new InvalidDataException($"it has {parts.Length} axes; up to 8 are read.");
        var shape = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            // Python 2 wrote 3L.
            if (!int.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new InvalidDataException($"its shape is ({text}); each axis must be a number up to {int.MaxValue}.");
        }
        return shape;
    }

    // The order of the keys is not promised, so each is looked for by itself. A record type's descr is a list; its first word is enough to refuse it.
    [GeneratedRegex(@"'descr'\s*:\s*'?([^',}]*)")]
    private static partial Regex DescrPattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex FortranPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
