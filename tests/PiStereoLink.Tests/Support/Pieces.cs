using System.IO.Pipelines;

namespace PiStereoLink.Tests;

/// <summary>Feeds a pipe reader byte by byte, or in pieces of any size, and ends.</summary>
internal static class Pieces
{
    public static PipeReader Of(byte[] bytes, int size)
    {
        var pipe = new Pipe();
        _ = Task.Run(async () =>
        {
            for (var at = 0; at < bytes.Length; at += size)
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
            await pipe.Writer.CompleteAsync();
        });
        return pipe.Reader;
    }

    public static byte[] Framed(params byte[][] jpegs)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var jpeg in jpegs)
        {
            writer.Write((uint)jpeg.Length);
            writer.Write(jpeg);
        }
        return stream.ToArray();
    }
}
