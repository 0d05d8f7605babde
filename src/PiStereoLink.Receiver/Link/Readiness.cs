using System.Net.Sockets;

namespace PiStereoLink.Receiver.Link;

/// <summary>Tells a socket's one reader when there is something to read. It reads nothing itself, and holds no memory for it.</summary>
internal abstract class Readiness : IDisposable
{
    /// <summary>The best that this system has.</summary>
    /// <exception cref="SocketException">The peer has gone already, or the system watches no more sockets.</exception>
    public static Readiness Of(Socket socket) => OperatingSystem.IsLinux() ? new EpollReadiness(socket) : new FirstByteReadiness(socket);

    /// <summary>Call this right before each read: the next wait is for what comes after it.</summary>
    public abstract void Clear();

    /// <summary>Waits until so many bytes are there, or the end of the stream. It may end early, with nothing there.</summary>
    /// <param name="bytes">1 or more. What the kernel holds for a socket at most is enough too.</param>
    /// <param name="mayBeThere">True when the last read has left something, or may have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SocketException">The connection is gone.</exception>
    /// <exception cref="ObjectDisposedException">It was closed here.</exception>
    public abstract ValueTask WaitAsync(int bytes, bool mayBeThere, CancellationToken cancellationToken);

    /// <summary>Lets the wait under way end with the first byte, so that it counts for who watches over the rate. Any thread.</summary>
    public abstract void Hurry();

    /// <summary>The socket has been closed: a wait ends.</summary>
    public abstract void Dispose();
}
