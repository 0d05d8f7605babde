using System.Buffers;
using Microsoft.Win32.SafeHandles;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Store;

/// <summary>
/// One frame on its way to be one file: whole under its name, or not there. It is written under another name, synced, renamed; then its
/// folder is still to be synced. Nothing is ever overwritten.
/// </summary>
public sealed class FrameFile
{
    private readonly string part, path;
    private readonly SafeFileHandle? file;      // null: the frame is there already
    private readonly StoreOutcome outcome;

    private FrameFile(string path, StoreOutcome outcome)
    {
        (this.path, this.outcome) = (path, outcome);
        part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");
        if (outcome != StoreOutcome.Duplicate)
            file = File.OpenHandle(part, FileMode.Create, FileAccess.Write);
    }

    /// <summary>Why it cannot be kept, once that shows; nothing is left of it then.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether there is anything to sync.</summary>
    public bool IsWritten => file is not null && Failure is null;

    /// <summary>True when this very frame is there, under its name or beside another.</summary>
    /// <exception cref="IOException">What is there cannot be read.</exception>
    public static bool Has(string folder, Frame frame)
    {
        var path = Path.Combine(folder, StoredName.FileOf(frame));
        return File.Exists(path)
            && (Holds(path, frame.Bytes.Span) || File.Exists(Path.Combine(folder, StoredName.FileBeside(frame, Crc32C.Of(frame.Bytes.Span)))));
    }

    /// <summary>Writes the frame beside its name, unless it is in its folder.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing is left of it.</exception>
    public static FrameFile Begin(string folder, Frame frame)
    {
        var bytes = frame.Bytes.Span;
        var (path, outcome) = (Path.Combine(folder, StoredName.FileOf(frame)), StoreOutcome.Stored);
        if (File.Exists(path) && !Holds(path, bytes))
            (path, outcome) = (Path.Combine(folder, StoredName.FileBeside(frame, Crc32C.Of(bytes))), StoreOutcome.Beside);
        var begun = new FrameFile(path, File.Exists(path) ? StoreOutcome.Duplicate : outcome);
        begun.Write(bytes);
        return begun;
    }

    /// <summary>Waits until the bytes are on the disk. Any thread; it does not throw.</summary>
    public void Sync() => Try(() => RandomAccess.FlushToDisk(file!));

    /// <summary>Gives it its name.</summary>
    /// <returns>What became of it.</returns>
    public StoreOutcome Finish()
    {
        file?.Dispose();
        if (IsWritten)
            Try(() => File.Move(part, path, overwrite: false));
        return Failure is null ? outcome : StoreOutcome.Failed;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (file is null)
            return;
        try
        {
            RandomAccess.Write(file, bytes, fileOffset: 0);
            Writeback.Start(file);
        }
        catch (IOException)
        {
            Remove();
            throw;
        }
    }

    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e.Message;
            Remove();
        }
    }

    private void Remove()
    {
        file!.Dispose();
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that does not even do that: the frame's next try writes over it.
        }
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
