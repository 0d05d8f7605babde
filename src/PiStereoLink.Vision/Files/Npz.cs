using System.IO.Compression;

namespace PiStereoLink.Vision;

/// <summary>NumPy's .npz: a zip archive with one .npy per named array (numpy.savez, numpy.savez_compressed).</summary>
public static class Npz
{
    /// <summary>The most that one array may hold. A full calibration of a 64-megapixel camera has maps of 256 MiB.</summary>
    public const long MaxArrayBytes = 256L << 20;

    private const int MaxArrays = 256;

    // Deflate cannot do better than 1032:1 (zlib's technical notes); a larger promise is a lie or a bomb.
    private const long MaxDeflateRatio = 1040;

    /// <summary>Reads every array of a file, by name without <c>.npy</c>.</summary>
    /// <exception cref="InvalidDataException">The file is no .npz, or holds something that is not read; the sentence names both.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>Reads every array of a seekable stream; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(Stream source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var zip = Open(source, name);
        if (zip.Entries.Count > MaxArrays)
            throw new InvalidDataException($"{name} holds {zip.Entries.Count} arrays; up to {MaxArrays} are read.");

        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                throw new InvalidDataException($"{name} holds '{entry.FullName}'; an .npz holds .npy arrays only.");
            arrays[entry.FullName[..^4]] = ReadEntry(entry, name);
        }
        return arrays;
    }

    /// <summary>Writes the arrays, deflated as numpy.savez_compressed does, in the order given.</summary>
    public static void Write(Stream target, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);   // the same arrays give the same bytes
            using var stream = entry.Open();
            NpyFormat.Write(stream, array);
        }
    }

    private static ZipArchive Open(Stream source, string name)
    {
        try
        {
            return new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name} is not an .npz file: {e.Message}", e);
        }
    }

    private static NpyArray ReadEntry(ZipArchiveEntry entry, string name)
    {
        try
        {
            if (entry.Length > MaxArrayBytes)
                throw new InvalidDataException($"it is {entry.Length} bytes long; up to {MaxArrayBytes} are read.");
            if (entry.Length > entry.CompressedLength * MaxDeflateRatio + 1024)
                throw new InvalidDataException($"it promises {entry.Length} bytes out of {entry.CompressedLength}, which deflate cannot do.");
            using var stream = entry.Open();
            return NpyFormat.Read(stream, entry.Length);
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"{name}: the array '{entry.FullName}' cannot be read: {e.Message}", e);
        }
    }
}
