using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace PiStereoLink.Vision;

/// <summary>How the vertices of a PLY file are written.</summary>
public enum PlyFormat
{
    /// <summary>15 bytes a point.</summary>
    BinaryLittleEndian,

    /// <summary>A line a point.</summary>
    Ascii,
}

/// <summary>Polygon file format 1.0 (Turk, Stanford, 1994): a header in ASCII, then one vertex a point.</summary>
public sealed partial class PointCloud
{
    /// <summary>Writes the cloud.</summary>
    public void WritePly(Stream target, PlyFormat format = PlyFormat.BinaryLittleEndian)
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = format == PlyFormat.Ascii ? "ascii" : "binary_little_endian";
        target.Write(Encoding.ASCII.GetBytes(
            $"ply\nformat {name} 1.0\ncomment PiStereoLink: x right, y down, z forward, metres\nelement vertex {points.Length}\n" +
            "property float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n"));
        if (format == PlyFormat.Ascii)
            WriteLines(target);
        else
            target.Write(MemoryMarshal.AsBytes(Points));
    }

    /// <summary>The cloud as the bytes of a PLY file.</summary>
    public byte[] ToPly(PlyFormat format = PlyFormat.BinaryLittleEndian)
    {
        using var bytes = new MemoryStream(256 + points.Length * 15);
        WritePly(bytes, format);
        return bytes.ToArray();
    }

    private void WriteLines(Stream target)
    {
        Span<byte> buffer = stackalloc byte[16 * 1024];
        var used = 0;
        foreach (var p in points)
        {
            if (used > buffer.Length - 128)   // three floats and three bytes take less
            {
                target.Write(buffer[..used]);
                used = 0;
            }
            Utf8.TryWrite(buffer[used..], CultureInfo.InvariantCulture, $"{p.X} {p.Y} {p.Z} {p.Red} {p.Green} {p.Blue}\n", out var written);
            used += written;
        }
        target.Write(buffer[..used]);
    }
}
