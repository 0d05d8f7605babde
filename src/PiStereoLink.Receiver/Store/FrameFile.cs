using System.Buffers;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Store;

/// <summary>One frame as one file: whole under its name, or not there. Its folder is still to be synced.</summary>
public static class FrameFile
{
    /// <summary>Writes the frame into its folder, unless it is there. Nothing is ever overwritten.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing is left of it.</exception>
    public static StoreOutcome Write(string folder, Frame frame)
    {
        var bytes = frame.Bytes.Span;
        var name = StoredName.FileOf(frame);
        if (!File.Exists(Path.Combine(folder, name)))
            return Write(folder, name, bytes, StoreOutcome.Stored);
        if (Holds(Path.Combine(folder, name), bytes))
            return StoreOutcome.Duplicate;
        name = StoredName.FileBeside(frame, Crc32C.Of(bytes));
        return File.Exists(Path.Combine(folder, name)) ? StoreOutcome.Duplicate : Write(folder, name, bytes, StoreOutcome.Beside);
    }

    /// <summary>True when this very frame is there, under its name or beside another.</summary>
    /// <exception cref="IOException">What is there cannot be read.</exception>
    public static bool Has(string folder, Frame frame)
    {
        var path = Path.Combine(folder, StoredName.FileOf(frame));
        return File.Exists(path)
            && (Holds(path, frame.Bytes.Span) || File.Exists(Path.Combine(folder, StoredName.FileBeside(frame, Crc32C.Of(frame.Bytes.Span)))));
    }

    private static StoreOutcome Write(string folder, string name, ReadOnlySpan<byte> bytes, StoreOutcome outcome)
    {
        var part = Path.Combine(folder, $".{name}.part");
        try
        {
            using (var file = File.OpenHandle(part, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, fileOffset: 0);
                RandomAccess.FlushToDisk(file);
            }
            File.Move(part, Path.Combine(folder, name), overwrite: false);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        return outcome;
    }

    private static bool Holds(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path);
        if (RandomAccess.GetLength(file) != bytes.Length)
            return false;
        var there = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var read = 0;
            while (RandomAccess.Read(file, there.AsSpan(read, bytes.Length - read), read) is > 0 and var more)
                read += more;
            return there.AsSpan(0, read).SequenceEqual(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(there);
        }
    }
}
