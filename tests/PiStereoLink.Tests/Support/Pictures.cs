using System.Buffers.Binary;

namespace PiStereoLink.Tests;

/// <summary>JPEGs for tests: small whole ones made by hand, and the real ones of the shared data folder.</summary>
internal static class Pictures
{
    /// <summary>A whole JPEG by its markers, with <paramref name="entropyBytes"/> of made-up scan; no decoder is meant to see it.</summary>
    public static byte[] Skeleton(int width = 640, int height = 480, int entropyBytes = 100, int scans = 1, byte sof = 0xC0, byte components = 3, byte precision = 8, byte[]? app1 = null)
    {
        var jpeg = new List<byte> { 0xFF, 0xD8 };
        if (app1 is not null)
        {
            jpeg.AddRange([0xFF, 0xE1, (byte)((app1.Length + 2) >> 8), (byte)(app1.Length + 2)]);
            jpeg.AddRange(app1);
        }
        var header = new byte[10];
        header[0] = 0xFF;
        header[1] = sof;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(8 + 3 * components));
        header[4] = precision;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(7), (ushort)width);
        header[9] = components;
        jpeg.AddRange(header);
        jpeg.AddRange(new byte[3 * components]);
        for (var scan = 0; scan < scans; scan++)
        {
            jpeg.AddRange([0xFF, 0xDA, 0, 4, 0, 0]);
            for (var i = 0; i < entropyBytes; i++)
                jpeg.Add((byte)(i % 251));     // never FF
        }
        jpeg.AddRange([0xFF, 0xD9]);
        return [.. jpeg];
    }

    /// <summary>The folder of real pictures beside the repository, or null.</summary>
    public static string? DataFolder { get; } = Repository.Root is { } root && Directory.Exists(Path.Combine(root, "..", "shared", "data"))
        ? Path.GetFullPath(Path.Combine(root, "..", "shared", "data"))
        : null;

    /// <summary>A real picture; skips the test with its reason where the folder is absent.</summary>
    public static byte[] Real(string name)
    {
        Assert.SkipWhen(DataFolder is null, "the folder ../shared/data with real pictures is not here");
        return File.ReadAllBytes(Path.Combine(DataFolder!, name));
    }
}
