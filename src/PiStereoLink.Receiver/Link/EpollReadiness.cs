using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace PiStereoLink.Receiver.Link;

/// <summary>
/// By Linux itself, which is told how many bytes are worth a wake-up (SO_RCVLOWAT). The runtime's sockets wake at the first one: a large
/// picture then comes in many small reads, and each costs as much as 50 kB more in one (docs/decisions/frame-port.md).
/// </summary>
internal sealed class EpollReadiness : Readiness, IValueTaskSource
{
    private const int SolSocket = 1, SoRcvLowat = 18;

    private readonly Socket socket;
    private readonly long key;
    private readonly Lock gate = new();     // what is told to the kernel is what worthBytes says
    private int worthBytes = 1;
    private ManualResetValueTaskSourceCore<bool> wait;      // reader only, until the state is Waiting
    private CancellationToken stopping;
    private CancellationTokenRegistration registration;
    private int state;
    private volatile bool ended;        // of which the kernel gives news once

    private static class State
    {
        public const int Idle = 0;

        /// <summary>Something has come since the last read, or the wait is to end.</summary>
        public const int Ready = 1;

        /// <summary>The reader waits; who takes it out of this state ends the wait.</summary>
        public const int Waiting = 2;

        public const int Closed = 3;
    }

    /// <inheritdoc cref="Readiness.Of"/>
    public EpollReadiness(Socket socket)
    {
        this.socket = socket;
        key = EpollThread.Shared.Watch(socket, this);
    }

    public override void Clear() => Interlocked.CompareExchange(ref state, State.Idle, State.Ready);

    public override ValueTask WaitAsync(int bytes, bool mayBeThere, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ended)
            return ValueTask.CompletedTask;
        if (cancellationToken != stopping)
            StopWith(cancellationToken);
        // Said again it also tells of what is there already, and of which no news will come.
        if (mayBeThere || bytes != worthBytes)
            Tell(bytes);
        wait.Reset();
        return Interlocked.CompareExchange(ref state, State.Waiting, State.Idle) == State.Idle ? new ValueTask(this, wait.Version) : ValueTask.CompletedTask;
    }

    public override void Hurry()
    {
        if (Volatile.Read(ref state) != State.Waiting || worthBytes == 1)
            return;
        try
        {
            Tell(1);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reader learns it too.
        }
    }

    /// <summary>News from the kernel. The reader goes on here.</summary>
    /// <param name="isEnd">Nothing comes after what is there now.</param>
    public void Wake(bool isEnd)
    {
        ended |= isEnd;
        Become(State.Ready, here: true);
    }

    public override void Dispose()
    {
        EpollThread.Shared.Forget(key);
        registration.Dispose();
        Become(State.Closed, here: false);
    }

    void IValueTaskSource.GetResult(short token)
    {
        wait.GetResult(token);
        stopping.ThrowIfCancellationRequested();
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? data, short token, ValueTaskSourceOnCompletedFlags flags) =>
        wait.OnCompleted(continuation, data, token, flags);

    private void StopWith(CancellationToken cancellationToken)
    {
        registration.Dispose();
        stopping = cancellationToken;
        registration = cancellationToken.UnsafeRegister(static self => ((EpollReadiness)self!).Become(State.Ready, here: false), this);
    }

    private void Tell(int bytes)
    {
        lock (gate)
        {
            worthBytes = bytes;
            socket.SetRawSocketOption(SolSocket, SoRcvLowat, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in bytes)));
        }
    }

    private void Become(int next, bool here)
    {
        int was, then;
        do
        {
            was = Volatile.Read(ref state);
            then = was == State.Waiting && next == State.Ready ? State.Idle : next;
            if (was == State.Closed || was == next)
                return;
        }
        while (Interlocked.CompareExchange(ref state, then, was) != was);
        if (was != State.Waiting)
            return;
        // Who closes or stops may hold a lock, or walk through a list that the reader's end changes.
        wait.RunContinuationsAsynchronously = !here;
        wait.SetResult(true);
    }
}
