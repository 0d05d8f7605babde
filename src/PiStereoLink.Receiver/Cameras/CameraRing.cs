using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Cameras;

/// <summary>
/// The last frames of one camera: 8, none older than 2 s but the newest, which stays. Every reader keeps its own place, so a slow
/// one loses frames and holds up nobody. While nobody reads it keeps the newest alone: a thousand cameras that nobody watches must
/// not hold eight thousand pictures. Of a camera whose pictures are counted it keeps even that one only while there is room for it.
/// </summary>
public sealed class CameraRing(TimeProvider time)
{
    /// <summary>At 30 fps a quarter of a second: enough for a partner that comes late over Wi-Fi.</summary>
    public const int Capacity = 8;

    /// <summary>How long a frame is worth pairing.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly (Frame Frame, long Arrived, KeptPictures? Counted)[] slots = new (Frame, long, KeptPictures?)[Capacity];
    private long next;        // place of the frame to come; frames stand at next - Capacity .. next - 1
    private long oldest;      // place of the oldest frame kept
    private TaskCompletionSource? arrival;
    private long? readAt;     // when somebody last asked

    /// <summary>The place of the next frame to come: where a new reader begins.</summary>
    public long Next => Volatile.Read(ref next);

    /// <summary>What the pictures take that it keeps.</summary>
    public long KeptBytes
    {
        get
        {
            lock (gate)
            {
                var bytes = 0L;
                for (var place = oldest; place < next; place++)
                    bytes += slots[place % Capacity].Frame.Bytes.Length;
                return bytes;
            }
        }
    }

    /// <summary>Gives up what it keeps.</summary>
    public void Clear()
    {
        lock (gate)
            while (oldest < next)
                DropOldest();
    }

    /// <summary>Adds the newest frame, which the ring owns from here on.</summary>
    /// <param name="frame">It.</param>
    /// <param name="counted">Where it is counted if nobody reads; null where it is kept in any case.</param>
    public void Publish(Frame frame, KeptPictures? counted = null)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            var now = time.GetTimestamp();
            var kept = arrival is null && !(readAt is { } asked && time.GetElapsedTime(asked, now) <= MaxAge) ? 1 : Capacity;
            while (next - oldest >= kept)
                DropOldest();
            while (oldest < next && time.GetElapsedTime(slots[oldest % Capacity].Arrived, now) > MaxAge)
                DropOldest();
            var counting = kept == 1 ? counted : null;
            var hasRoom = counting?.TryKeep(frame.Bytes.Length) != false;
            slots[next % Capacity] = (frame, now, hasRoom ? counting : null);
            Volatile.Write(ref next, next + 1);
            if (!hasRoom)
                DropOldest();
            (waiting, arrival) = (arrival, null);
            if (waiting is not null)
                readAt = now;       // whoever waited reads, however long it takes to wake up
        }
        waiting?.SetResult();
    }

    /// <summary>The frame at <paramref name="place"/> or the oldest behind it, retained for the caller; moves the place on.</summary>
    public bool TryTake(ref long place, out Frame frame)
    {
        lock (gate)
        {
            readAt = time.GetTimestamp();
            place = Math.Max(place, oldest);
            frame = place < next ? slots[place % Capacity].Frame : default;
            if (place == next)
                return false;
            place++;
            return frame.TryRetain();
        }
    }

    /// <summary>The newest frame, retained for the caller; false when none has come; moves the place behind it.</summary>
    public bool TryTakeNewest(ref long place, out Frame frame)
    {
        place = Math.Max(0, Next - 1);
        return TryTake(ref place, out frame);
    }

    /// <summary>Waits until a frame at <paramref name="place"/> or behind it has come.</summary>
    public Task WaitAsync(long place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            readAt = time.GetTimestamp();
            return next > place
                ? Task.CompletedTask
                : (arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    private void DropOldest()
    {
        ref var slot = ref slots[oldest++ % Capacity];
        slot.Counted?.GiveUp(slot.Frame.Bytes.Length);
        slot.Frame.Dispose();
        slot = default;
    }
}
