using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

/// <summary>A connection that is being served, and what is watched about it while it is.</summary>
internal sealed class OpenConnection(PeerConnection connection, FramePortOptions options, FrameBudget budget, TimeProvider time) : IDisposable
{
    /// <summary>What it is read by, at most, before it has sent a frame whole.</summary>
    private const int SmallRead = 16 * 1024;

    private readonly FrameLimits limits = options.Limits;
    private readonly long openedAt = time.GetTimestamp();
    private long counted;                      // what the budget counts for it; its reader writes, the watch reads
    private volatile bool waitsForPeer;        // it is the peer's turn, not ours

    // The watch only: when it was the peer's turn within a frame, and what had come by then.
    private long watchedSince, watchedReceived, lastReceived, lastReceivedAt;
    private bool watching;

    public PeerConnection Connection => connection;

    public FrameIntake Intake { get; } = new(options.MaxFrameBytes, time);

    /// <summary>True before its first whole frame.</summary>
    public bool IsNew => Intake.LargestFrame == 0;

    public TimeSpan Age => time.GetElapsedTime(openedAt);

    /// <summary>One read, the larger the frames that the peer has shown. <inheritdoc cref="PeerConnection.ReadAsync" path="/summary"/></summary>
    /// <param name="cancellationToken">Ends the wait. Bytes that have come are not lost before.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var atMost = (int)Math.Clamp(8L * Intake.LargestFrame, SmallRead, ReadBlocks.BlockBytes);
        waitsForPeer = true;
        var came = await connection.ReadAsync(Intake, atMost, cancellationToken);
        waitsForPeer = false;
        return came;
    }

    /// <summary>Call this when a read's frames have been taken: counts what is left of it, and waits before a frame that is larger than any that the peer has sent whole takes more memory than there is for all of them.</summary>
    public async ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref counted, budget.Count(this, counted, Intake.HeldBytes, Intake.LargestFrame));
        if (Intake.GrowthBytes == 0)
            return;
        var since = time.GetTimestamp();
        while (!budget.MayGrow(this, Intake.GrowthBytes, out var changed))
            try
            {
                var left = limits.MemoryWait - time.GetElapsedTime(since);
                await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                connection.Abort($"frames under way hold {budget.Used >> 20} MB, over the limit of {limits.FrameMegabytes} MB, and it waited {limits.MemoryWait.TotalSeconds:0.#} s to send a large one");
                throw new IOException();
            }
    }

    /// <summary>Looks once a second whether the peer does what it has begun. Between frames it may be silent for as long as it likes.</summary>
    public void Watch()
    {
        if (IsNew && Age > limits.FirstFrame)
        {
            connection.Abort($"no frame came within {limits.FirstFrame.TotalSeconds:0.#} s of connecting");
            return;
        }
        var received = Intake.Received;
        if (received != lastReceived)
            (lastReceived, lastReceivedAt) = (received, time.GetTimestamp());
        if (!waitsForPeer || !Intake.IsInFrame)
        {
            watching = false;
            return;
        }
        connection.Hurry();         // what it takes counts at the next look
        if (!watching)
            (watching, watchedSince, watchedReceived) = (true, time.GetTimestamp(), received);
        if (budget.IsOver && Volatile.Read(ref counted) > 0 && time.GetElapsedTime(lastReceivedAt) > limits.StallWhenFull)
            connection.Abort($"it stopped within a frame while frames under way hold more than {limits.FrameMegabytes} MB");
        else if (time.GetElapsedTime(watchedSince) is var watched && watched >= limits.BodyTime)
            CheckRate(received, watched);
    }

    public void Dispose()
    {
        connection.Dispose();
        Intake.Dispose();
        budget.Count(this, counted, heldBytes: 0, Intake.LargestFrame);
    }

    private void CheckRate(long received, TimeSpan watched)
    {
        var came = received - watchedReceived;
        if (came < limits.MinBytesPerSecond * watched.TotalSeconds)
            connection.Abort($"within a frame only {came} bytes came in {watched.TotalSeconds:0.#} s, where {limits.MinBytesPerSecond} a second are needed");
        (watchedSince, watchedReceived) = (time.GetTimestamp(), received);
    }
}
