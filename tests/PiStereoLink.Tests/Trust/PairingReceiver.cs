using System.Security.Cryptography.X509Certificates;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Tests.Receiver;

namespace PiStereoLink.Tests.Trust;

/// <summary>A receiver with both ports and a store. What is paired or revoked here goes by way of the disk, as another process would do it.</summary>
internal sealed class PairingReceiver : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-pairing-");

    private PairingReceiver()
    {
    }

    public RunningReceiver Running { get; private set; } = null!;

    public string State => Path.Combine(folder.FullName, "state");

    public string Store => Path.Combine(folder.FullName, "store");

    public PairedNodes Nodes => new(State);

    public static async Task<PairingReceiver> StartAsync()
    {
        var receiver = new PairingReceiver();
        receiver.Running = await RunningReceiver.StartAsync(
            new ReceiverSettings { Listen = "127.0.0.1:0", Tls = "127.0.0.1:0", Web = "127.0.0.1:0", Store = receiver.Store, State = receiver.State });
        return receiver;
    }

    public Pin Pin
    {
        get
        {
            using var key = KeyFile.LoadOrMake(Path.Combine(State, "key.pem"));
            return Pin.Of(key);
        }
    }

    /// <summary>A new key that is paired under that name.</summary>
    public X509Certificate2 Paired(string node, int fromYears = -1, int toYears = 1)
    {
        var key = Keys.Made(fromYears, toYears);
        Nodes.Add(new PairedNode(node, Pin.Of(key)));
        return key;
    }

    /// <summary>A token, as receiver invite makes it.</summary>
    public JoinToken Invite()
    {
        var token = JoinToken.New($"{Running.TlsPort}", Pin);
        new Invitations(State, TimeProvider.System).Add(token.Secret);
        return token;
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
