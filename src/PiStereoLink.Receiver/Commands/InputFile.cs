using System.Buffers.Binary;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary>Reads what a command is given, with a sentence for each way in which that can fail.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a picture whose header can be read; a JPEG is whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="role">What it is, as "The left picture".</param>
    public static byte[] Picture(string path, string role)
    {
        var bytes = Read(path, role, "a JPEG, PNG or PNM file");
        var name = $"{role} {path}";
        if (bytes is [0xFF, 0xD8, ..])
        {
            // Decoders take a truncated JPEG and make up the rest of it.
            var scanner = JpegScanner.Check(bytes);
            if (scanner.Fault != JpegFault.None)
                throw new InvalidDataException($"{name} is no whole JPEG: {scanner.Describe()}. Copy or take it again.");
        }
        if (bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] && !EndsAsPng(bytes))
            throw new InvalidDataException($"{name} is no whole PNG: it ends before its last chunk (truncated). Copy or take it again.");
        EncodedPicture.ReadSize(bytes, name);
        return bytes;
    }

    /// <summary>A PNG is a signature of 8 bytes, then chunks: length, name, that many bytes, 4 of a checksum; IEND is the last.</summary>
    private static bool EndsAsPng(ReadOnlySpan<byte> bytes)
    {
        var at = 8L;
        while (at + 12 <= bytes.Length)
        {
            var chunk = bytes[(int)at..];
            if (chunk[4..8].SequenceEqual("IEND"u8))
                return true;
            at += 12L + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }
        return false;
    }

    /// <summary>A calibration, or null for null.</summary>
    public static StereoCalibration? Calibration(string? path)
    {
        if (path is null)
            return null;
        Require(path, "The calibration", "the .npz that receiver calibrate wrote");
        return StereoCalibration.Load(path);
    }

    public static byte[] Read(string path, string role, string wanted)
    {
        Require(path, role, wanted);
        return File.ReadAllBytes(path);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void Require(string path, string role, string wanted)
    {
        if (Directory.Exists(path))
            throw new InvalidDataException($"{role} {path} is a folder; give {wanted}.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{role} {path} is not there; give {wanted}.");
    }
}
