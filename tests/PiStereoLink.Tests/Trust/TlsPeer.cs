using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PiStereoLink.Protocol;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Trust;

/// <summary>The agent's end of a TLS connection, written by hand, so that it can do what the agent does not.</summary>
internal sealed class TlsPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket socket;
    private readonly SslStream stream;
    private readonly StreamReader lines;

    private TlsPeer(Socket socket, SslStream stream)
    {
        (this.socket, this.stream) = (socket, stream);
        lines = new StreamReader(stream, Encoding.UTF8);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Socket> DialAsync(IPEndPoint to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to, Token);
        return socket;
    }

    public static Task<TlsPeer> ConnectAsync(PairingReceiver receiver, X509Certificate2 key, SslApplicationProtocol? protocol = null) =>
        ConnectAsync(receiver, PinnedTls.Client(key, receiver.Pin, protocol));

    public static async Task<TlsPeer> ConnectAsync(PairingReceiver receiver, SslClientAuthenticationOptions options)
    {
        var socket = await DialAsync(receiver.Running.TlsPort!);
        var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsClientAsync(options, Token);
            return new TlsPeer(socket, stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks to be paired; what the receiver answers, null when it closes.</summary>
    public static async Task<string?> JoinAsync(PairingReceiver receiver, X509Certificate2 key, string secret, string node)
    {
        using var peer = await ConnectAsync(receiver, key, PinnedTls.JoinProtocol);
        await peer.stream.WriteAsync(JoinLine.Request(secret, node), Token);
        return await peer.LineAsync();
    }

    /// <summary>Sends a stamped frame of garden/0 that asks to be acknowledged.</summary>
    public Task SendAsync(ulong sequence = 1, string camera = "garden/0") => SendBareAsync(
        Pieces.Framed(AckPeer.WithTrailer(AckPeer.Picture(sequence, camera: camera), sequence, sequence == 1 ? AckOptions.Offer : AckOptions.None)));

    public async Task SendBareAsync(byte[] bytes) => await stream.WriteAsync(bytes, Token);

    /// <summary>The next line that comes; null when the connection ends, in whichever way. Neither within 30 s is a failure.</summary>
    public async Task<string?> LineAsync()
    {
        try
        {
            return await lines.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a frame sent over it is answered.</summary>
    public async Task<bool> IsHeardAsync(string camera = "garden/0")
    {
        try
        {
            await SendAsync(camera: camera);
        }
        catch (IOException)
        {
            return false;
        }
        return await LineAsync() is not null;
    }

    /// <summary>Whether a connection made so, and a frame over it, are answered.</summary>
    public static async Task<bool> IsHeardAsync(PairingReceiver receiver, SslClientAuthenticationOptions options, string camera = "garden/0")
    {
        try
        {
            using var peer = await ConnectAsync(receiver, options);
            return await peer.IsHeardAsync(camera);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        lines.Dispose();
        socket.Dispose();
    }
}
