using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PiStereoLink.Receiver.Link;

/// <summary>
/// The thread that waits for news of all sockets and then does what their readers do next: nothing of that may block. One is enough for
/// 4 GB/s, and two were slower for each frame: they take the cache and the sender's processor from each other.
/// </summary>
internal sealed partial class EpollThread
{
    private const int MostEvents = 64, LargestEvent = 16;
    private const int CloseOnExec = 0x80000, Add = 1;
    private const uint Readable = 1, Failed = 8, HungUp = 16, PeerEnded = 0x2000, OnceEach = 1u << 31;     // EPOLLIN, ERR, HUP, RDHUP, ET

    // struct epoll_event, a uint32 and a 64-bit value of ours, has no gap between them on x86.
    private static readonly int KeyAt = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int EventBytes = KeyAt + sizeof(long);

    private readonly ConcurrentDictionary<long, EpollReadiness> watched = new();
    private readonly int epoll;
    private long lastKey;

    private EpollThread()
    {
        epoll = EpollCreate(CloseOnExec);
        if (epoll < 0)
            throw new Win32Exception();
        new Thread(Run) { IsBackground = true, Name = "Frames" }.Start();
    }

    public static EpollThread Shared { get; } = new();

    /// <summary>From now on <paramref name="readiness"/> hears of what comes. Returns what <see cref="Forget"/> needs.</summary>
    /// <exception cref="SocketException">The system watches no more sockets.</exception>
    public long Watch(Socket socket, EpollReadiness readiness)
    {
        // A number that never comes again: news of a socket that is closed meanwhile finds nobody.
        var key = Interlocked.Increment(ref lastKey);
        watched[key] = readiness;
        Span<byte> wanted = stackalloc byte[LargestEvent];
        BitConverter.TryWriteBytes(wanted, Readable | PeerEnded | OnceEach);
        BitConverter.TryWriteBytes(wanted[KeyAt..], key);
        if (EpollControl(epoll, Add, socket.SafeHandle, ref wanted[0]) == 0)
            return key;
        var error = Marshal.GetLastPInvokeError();
        Forget(key);
        throw new SocketException(error);
    }

    /// <summary>The kernel forgets a socket by itself when it is closed.</summary>
    public void Forget(long key) => watched.TryRemove(key, out _);

    private void Run()
    {
        var events = new byte[MostEvents * LargestEvent];
        while (true)
        {
            // A signal may end it early, with -1.
            var count = EpollWait(epoll, ref events[0], MostEvents, milliseconds: -1);
            for (var i = 0; i < count; i++)
                if (watched.TryGetValue(BitConverter.ToInt64(events, i * EventBytes + KeyAt), out var readiness))
                    readiness.Wake(isEnd: (BitConverter.ToUInt32(events, i * EventBytes) & (Failed | HungUp | PeerEnded)) != 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int epoll, int operation, SafeSocketHandle socket, ref byte wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int EpollWait(int epoll, ref byte events, int most, int milliseconds);
}
