using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace PiStereoLink.Receiver.Link;

/// <summary>An address where peers come in.</summary>
internal sealed class Entrance : IDisposable
{
    /// <summary>Agents that come back all at once wait here to be accepted; the kernel takes less if it is set so.</summary>
    private const int Backlog = 1024;

    private readonly Socket listener;

    private Entrance(Socket listener, bool isTls) => (this.listener, IsTls) = (listener, isTls);

    public bool IsTls { get; }

    public IPEndPoint Bound => (IPEndPoint)listener.LocalEndPoint!;

    /// <exception cref="IOException">The address is taken or may not be opened; the message says what to do.</exception>
    public static Entrance Open(IPEndPoint address, bool isTls)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // [::] takes IPv4 peers too.
            if (address.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
            socket.Listen(Backlog);
            return new Entrance(socket, isTls);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            var option = isTls ? "--tls" : "--listen";
            throw new IOException(e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{address} is taken by another program. Stop that one, or choose another port with {option} {address.Address}:PORT."
                : $"{address} cannot be listened on: {e.Message}. Choose another with {option} ADDRESS:PORT.", e);
        }
    }

    /// <summary>The next peer.</summary>
    /// <exception cref="SocketException">The peer has gone already, or the process may open no more files.</exception>
    public ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken) => listener.AcceptAsync(cancellationToken);

    /// <summary>What a peer that came in here is read through.</summary>
    /// <exception cref="SocketException">It has gone already.</exception>
    public PeerConnection Receive(Socket socket) =>
        IsTls ? new StreamConnection(socket, new SslStream(new NetworkStream(socket, ownsSocket: true))) : new SocketConnection(socket);

    public void Dispose() => listener.Dispose();
}
