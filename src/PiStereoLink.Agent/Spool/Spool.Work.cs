using Microsoft.Extensions.Logging;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>What the spool's own thread does.</summary>
public sealed partial class Spool
{
    private void Work()
    {
        foreach (var job in work.GetConsumingEnumerable())
            job();
    }

    private void Store(SpoolName name, Frame frame, int size)
    {
        if (!index.IsExpected(name))
        {
            frame.Dispose();        // acknowledged before it came to that
            return;
        }
        var room = false;
        Failing = !Try(() => room = MakeRoom(size)) ? DropReason.Disk
            : !room ? DropReason.Full
            : Try(() => folder.Write(name, frame.Bytes.Span)) ? null : DropReason.Disk;
        if (Failing is { } reason)
        {
            var meant = index.NotStored(name);
            var isPassed = meant == AfterStoring.Live && pass(frame);
            var isDropped = !isPassed && meant is AfterStoring.Live or AfterStoring.Backlog;
            // Renamed, and then the folder could not be synced: whether it stays is seen when the disk works again.
            if (folder.Has(name))
                doubtful.Add((name, isDropped ? reason : null));
            if (isPassed)
                return;
            frame.Dispose();
            if (isDropped)
                tally.CountDropped(reason);
            return;
        }
        if (told)
            Try(folder.ClearParts);     // the disk that failed did not delete them either
        told = false;
        SettleDoubtful();
        bytes += size;
        tally.CountSpoolWritten(size);
        var after = index.Stored(name);
        if (after is null)
            Try(() => bytes -= folder.Delete(name));
        if (after == AfterStoring.Live)
        {
            if (pass(frame))
                return;
            index.GiveBack(name);
        }
        frame.Dispose();
        news();
    }

    /// <summary>
    /// The disk works again. What it kept after all is no loss; what went on without its file needs none, unless it came back to be
    /// stored: that file is the one just written, or soon will be.
    /// </summary>
    private void SettleDoubtful()
    {
        foreach (var (name, dropped) in doubtful.Where(one => folder.Has(one.Name) && !index.IsExpected(one.Name)))
            if (dropped is not { } reason)
                Try(() => folder.Delete(name));
            else if (Try(() => bytes += folder.Size(name)))
            {
                index.Found(name);
                tally.TakeBackDropped(reason);
            }
        doubtful.Clear();
    }

    /// <summary>False when there is no room for so much, and none may be made.</summary>
    private bool MakeRoom(int size)
    {
        while (bytes + size > limits.MaxBytes || folder.Free - size < limits.FreeBytes)
        {
            if (!limits.DropOldest || !index.TryTakeOldest(out var oldest))
            {
                TellOnce(() => Log.Full(logger, camera, folder.Path, bytes / 1_000_000, limits.DropOldest ? "drop-oldest" : "stop"));
                return false;
            }
            index.Forget(oldest);
            if (!Try(() => bytes -= folder.Delete(oldest)))
                return false;
            tally.CountDropped(DropReason.Full);
        }
        return true;
    }

    private void Load(SpoolName name)
    {
        byte[]? read = null;
        if (Try(() => read = folder.Read(name)) && StampReader.TryRead(read, out var stamp) && SpoolName.Of(stamp.Identity) == name)
        {
            if (!TryDate(name, read!, stamp, out var frame))
            {
                var buffer = FrameBuffer.Rent(read!.Length);
                buffer.Append(read);
                // Stored when this camera had another name, before a pairing gave it this one.
                if (stamp.Camera != camera)
                    buffer = StampWriter.Write(buffer, stamp = stamp with { Camera = camera }, OwnStamp.In(read));
                frame = new Frame(camera, stamp.Identity, stamp.CapturedAt, stamp, buffer);
            }
            loaded.Enqueue(frame);
        }
        else
        {
            Log.Unreadable(logger, camera, Path.Combine(folder.Path, name.ToString()));
            index.Forget(name);
            Try(() => bytes -= folder.Refuse(name));
            tally.CountDropped(DropReason.Refused);
        }
        Interlocked.Decrement(ref loading);
        news();
    }

    /// <summary>Brings a frame that was never sent to the receiver's clock, its file first: after a cut the next run sends the same bytes.</summary>
    private bool TryDate(SpoolName name, byte[] read, in Stamp stamp, out Frame dated)
    {
        dated = default;
        if (redating is not { Receiver.IsKnown: true } || !redating.Concerns(stamp) || index.IsFinal(name))
            return false;
        if (redating.TryDate(read, stamp, out dated))
        {
            var frame = dated;
            if (Try(() => folder.Write(name, frame.Bytes.Span)))
            {
                bytes += frame.Bytes.Length - read.Length;
                tally.CountSpoolWritten(frame.Bytes.Length);
                return true;
            }
            dated.Dispose();
        }
        index.MarkFinal(name);
        return false;
    }

    private bool Try(Action files)
    {
        try
        {
            files();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TellOnce(() => Log.Failed(logger, camera, folder.Path, e.Message));
            return false;
        }
    }

    private void TellOnce(Action tell)
    {
        if (!told)
            tell();
        told = true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Camera {Camera}: the spool {Folder} is full with {Megabytes} MB (--spool-full {Policy}). Until there is room, frames are kept in memory only: make room, or give more with --spool-max.")]
        public static partial void Full(ILogger logger, CameraName camera, string folder, long megabytes, string policy);

        [LoggerMessage(2, LogLevel.Error, "Camera {Camera}: the spool {Folder} fails: {Message} Until it works again, frames are kept in memory only.")]
        public static partial void Failed(ILogger logger, CameraName camera, string folder, string message);

        [LoggerMessage(3, LogLevel.Warning, "Camera {Camera}: {File} is no frame that can be sent. It is set aside in the folder refused beside it.")]
        public static partial void Unreadable(ILogger logger, CameraName camera, string file);
    }
}
