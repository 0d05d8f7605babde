using System.Buffers.Binary;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>Takes the pictures out of ffmpeg's FLV: it says where each one ends, which an elementary stream does not.</summary>
internal sealed class FlvReader(Stream stream)
{
    private const int FileHeaderBytes = 9, TagHeaderBytes = 11, SizeBytes = 4, VideoHeaderBytes = 5;
    private const byte VideoTag = 9;

    private bool begun;

    /// <summary>The parameter sets, once the first picture has come.</summary>
    public byte[] Headers { get; private set; } = [];

    /// <summary>The next picture with start codes before its parts; null at the end.</summary>
    public (byte[] Bytes, bool IsKey)? Read()
    {
        if (!begun)
            Take(FileHeaderBytes + SizeBytes);
        begun = true;
        while (Take(TagHeaderBytes) is { } header)
        {
            var data = Take(BinaryPrimitives.ReadInt32BigEndian(header) & 0xFFFFFF);
            Take(SizeBytes);
            if (data is null)
                return null;
            if (header[0] != VideoTag)
                continue;
            // What it is: 0 the parameter sets, 1 a picture, 2 the end.
            if (data[1] == 0)
                Headers = ParameterSets(data.AsSpan(VideoHeaderBytes));
            else if (data[1] == 1)
                return (WithStartCodes(data.AsSpan(VideoHeaderBytes), lengthBytes: 4), data[0] >> 4 == 1);
        }
        return null;
    }

    /// <summary>Six bytes, then the sets for sequences; their number once more, then those for pictures.</summary>
    private static byte[] ParameterSets(ReadOnlySpan<byte> record)
    {
        var sequence = record[6..];
        var ofSequence = 2 + BinaryPrimitives.ReadUInt16BigEndian(sequence);
        return [.. WithStartCodes(sequence[..ofSequence], lengthBytes: 2), .. WithStartCodes(sequence[(ofSequence + 1)..], lengthBytes: 2)];
    }

    private static byte[] WithStartCodes(ReadOnlySpan<byte> parts, int lengthBytes)
    {
        var bytes = new List<byte>(parts.Length + 16);
        while (parts.Length > lengthBytes)
        {
            var length = lengthBytes == 4 ? BinaryPrimitives.ReadInt32BigEndian(parts) : BinaryPrimitives.ReadUInt16BigEndian(parts);
            bytes.AddRange([0, 0, 0, 1]);
            bytes.AddRange(parts.Slice(lengthBytes, length));
            parts = parts[(lengthBytes + length)..];
        }
        return [.. bytes];
    }

    private byte[]? Take(int count)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : null;
    }
}
