using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Trust;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>The receiver that runs on this machine: whom it is paired with, and what comes in there.</summary>
public sealed class ReceiverHere : IDisposable
{
    private readonly HttpClient client;
    private readonly PairedNodes nodes;

    private ReceiverHere(string folder, IPEndPoint tls, string web)
    {
        (Folder, Tls, nodes) = (folder, tls, new PairedNodes(folder));
        // Every address stands for one that can be asked.
        var address = new UriBuilder(web);
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            address.Host = "127.0.0.1";
        client = new HttpClient { BaseAddress = address.Uri, Timeout = TimeSpan.FromSeconds(5) };
        if (File.Exists(Path.Combine(folder, "web-secret")))
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", WebSecret.In(folder).Text);
    }

    /// <summary>Its state folder.</summary>
    public string Folder { get; }

    /// <summary>Where paired nodes come in.</summary>
    public IPEndPoint Tls { get; }

    /// <summary>The receiver that runs with this state folder.</summary>
    /// <exception cref="DeployException">None does, or paired nodes cannot come in there.</exception>
    public static ReceiverHere In(string? state)
    {
        var folder = state ?? ReceiverSettings.FromFileAndEnvironment().State ?? StateFolder.Default;
        if (StateFolder.RunningIn(folder) is not { } running)
            throw new DeployException($"No receiver runs on this machine with the state folder {folder}, so nobody would take the pictures. Start it in another terminal, ./pistereolink receiver serve --store pictures, and run this again; or give its folder with --state DIR.");
        return running.Tls is { } tls ? new ReceiverHere(folder, IPEndPoint.Parse(tls), running.Web)
            : throw new DeployException("The receiver on this machine has no TLS port, where the Pi is to come in. Start it again with --tls 0.0.0.0:8443, and run this again.");
    }

    /// <summary>What the Pi knows it by.</summary>
    public Pin Pin
    {
        get
        {
            using var key = ReceiverKey.In(Folder);
            return Pin.Of(key);
        }
    }

    public bool IsPaired(string node) => nodes.Has(node);

    /// <summary>Makes a token that a Pi joins with once.</summary>
    /// <param name="host">Where the Pi finds this machine.</param>
    public JoinToken Invite(string host)
    {
        var token = JoinToken.New(OwnHost.WithPort(host, Tls.Port), Pin);
        new Invitations(Folder, TimeProvider.System).Add(token.Secret);
        return token;
    }

    /// <summary>Forgets a node; false when it was none.</summary>
    public bool Revoke(string node) => nodes.Remove(node);

    /// <summary>What comes in now.</summary>
    /// <exception cref="DeployException">It does not answer.</exception>
    public async Task<Status> StatusAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync("/api/status", cancellation);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            return (await JsonSerializer.DeserializeAsync(body, StatusJson.Default.Status, cancellation))!;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new DeployException($"The receiver at {client.BaseAddress} does not answer: {e.Message} Is it still running? Run this again when it is.", e);
        }
    }

    /// <summary>How many frames of a node have come in since the receiver was started.</summary>
    public async Task<long> FramesAsync(string node, CancellationToken cancellation) =>
        (await StatusAsync(cancellation)).Cameras.Where(camera => camera.Node == node).Sum(camera => camera.Frames);

    /// <summary>Whether a node has a camera that is connected now.</summary>
    public async Task<bool> IsConnectedAsync(string node, CancellationToken cancellation) =>
        Array.Exists((await StatusAsync(cancellation)).Cameras, camera => camera.Node == node && camera.Connected);

    /// <summary>The newest picture of a node's first camera; null when there is none.</summary>
    public async Task<byte[]?> SnapshotAsync(string node, CancellationToken cancellation)
    {
        var camera = (await StatusAsync(cancellation)).Cameras.FirstOrDefault(camera => camera.Node == node && camera.Connected);
        if (camera is null)
            return null;
        using var answer = await client.GetAsync($"/cameras/{camera.Node}/{camera.Camera}/snapshot.jpg", cancellation);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancellation) : null;
    }

    public void Dispose() => client.Dispose();
}
