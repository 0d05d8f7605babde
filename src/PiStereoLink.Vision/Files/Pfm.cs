using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PiStereoLink.Vision;

/// <summary>
/// Portable float map, grey: <c>Pf</c>, width and height, a scale whose sign gives the byte order, then float32 rows,
/// bottom row first (the format of the Middlebury stereo sets). A pixel without a value is infinite.
/// </summary>
public static class Pfm
{
    private const int MaxSide = 32767;
    private const int MaxLine = 64;

    /// <summary>Writes little-endian.</summary>
    public static void Write(Stream target, FloatPicture picture)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(picture);
        target.Write(Encoding.ASCII.GetBytes($"Pf\n{picture.Width} {picture.Height}\n-1\n"));
        for (var y = picture.Height - 1; y >= 0; y--)
            target.Write(MemoryMarshal.AsBytes(picture.Row(y)));
    }

    /// <summary>Writes a file, little-endian.</summary>
    public static void Write(string path, FloatPicture picture)
    {
        using var file = File.Create(path);
        Write(file, picture);
    }

    /// <summary>Reads a file of either byte order.</summary>
    /// <exception cref="InvalidDataException">Not a grey PFM, or cut short; the sentence names the file.</exception>
    public static FloatPicture Read(string path)
    {
        using var file = File.OpenRead(path);
        using var buffered = new BufferedStream(file, 1 << 16);
        return Read(buffered, path);
    }

    /// <summary>Reads a stream; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="InvalidDataException">Not a grey PFM, or cut short.</exception>
    public static FloatPicture Read(Stream source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (width, height, littleEndian) = ReadHeader(source, name);
        if (source.CanSeek && source.Length - source.Position < (long)width * height * sizeof(float))
            throw new InvalidDataException($"{name} ends before its {width}x{height} pixels do.");

        var values = new float[checked(width * height)];
        for (var y = height - 1; y >= 0; y--)
        {
            var row = MemoryMarshal.AsBytes(values.AsSpan(y * width, width));
            if (source.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                throw new InvalidDataException($"{name} ends before its {width}x{height} pixels do.");
        }
        if (!littleEndian)
        {
            var words = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        return new FloatPicture(width, height, values);
    }

    private static (int Width, int Height, bool LittleEndian) ReadHeader(Stream source, string name)
    {
        var kind = ReadWord(source, name);
        if (kind != "Pf")
            throw new InvalidDataException($"{name} begins with '{kind}'; a grey PFM begins with 'Pf'.");
        var (width, height) = (ReadSide(source, name), ReadSide(source, name));
        var scale = ReadWord(source, name);
        if (!double.TryParse(scale, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value == 0 || !double.IsFinite(value))
            throw new InvalidDataException($"{name} has the scale '{scale}'; a number other than 0 was expected.");
        return (width, height, value < 0);
    }

    private static int ReadSide(Stream source, string name)
    {
        var word = ReadWord(source, name);
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 1 and <= MaxSide
            ? side
            : throw new InvalidDataException($"{name} has the side '{word}'; 1 to {MaxSide} pixels were expected.");
    }

    /// <summary>Reads up to and including one white-space character, as the header's grammar has it.</summary>
    private static string ReadWord(Stream source, string name)
    {
        var word = new StringBuilder();
        while (word.Length < MaxLine)
        {
            var c = source.ReadByte();
            if (c < 0)
                throw new InvalidDataException($"{name} ends inside its PFM header.");
            if (c is not (' ' or '\n' or '\r' or '\t'))
                word.Append((char)c);
            else if (word.Length > 0)
                return word.ToString();
        }
        throw new InvalidDataException($"{name} has no PFM header: no word ends within {MaxLine} characters.");
    }
}
