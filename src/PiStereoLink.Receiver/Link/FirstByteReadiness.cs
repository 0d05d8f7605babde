using System.Net.Sockets;

namespace PiStereoLink.Receiver.Link;

/// <summary>By the runtime's sockets, on every system. They tell of the first byte, however many are waited for.</summary>
internal sealed class FirstByteReadiness(Socket socket) : Readiness
{
    public override void Clear()
    {
    }

    public override async ValueTask WaitAsync(int bytes, bool mayBeThere, CancellationToken cancellationToken) =>
        await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);

    public override void Hurry()
    {
    }

    public override void Dispose()
    {
    }
}
