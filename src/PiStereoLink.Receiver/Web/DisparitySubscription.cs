using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using PiStereoLink.Receiver.Depth;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Web;

/// <summary>
/// Disparities over a WebSocket, as they are computed: every Nth pair, or fewer where the subscriber or the matcher is slower. A subscriber
/// always gets the newest; one that takes nothing holds up nobody but itself.
/// </summary>
internal sealed class DisparitySubscription(Rig rig, int every, bool withPicture)
{
    /// <summary>How long a subscriber has to take the last message and the goodbye.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>What a subscriber asks for, or why that cannot be.</summary>
    public static (DisparitySubscription? Subscription, string? Fault) Of(Rig rig, string? every, string? picture)
    {
        var count = 1;
        if (every is not null && (!int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1))
            return (null, $"every '{every}' is not a number of pairs from 1 on; every=5 sends each fifth.");
        return picture is null or "left"
            ? (new DisparitySubscription(rig, count, picture is not null), null)
            : (null, $"picture '{picture}' is not known; picture=left sends the rectified left picture too.");
    }

    /// <summary>Sends until the subscriber closes, or the token ends it; then says goodbye.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken ended)
    {
        using var watch = rig.Watch();
        // To cancel a message under way breaks the connection: the last one may be finished, and the goodbye be said.
        using var late = new CancellationTokenSource();
        using var last = ended.Register(() => late.CancelAfter(Grace));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var closing = UntilClosedAsync(socket, either, late.Token);
        try
        {
            await SendAllAsync(socket, either.Token, late.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // It has closed, gone, or the receiver stops.
        }
        late.CancelAfter(Grace);
        await CloseAsync(socket, ended.IsCancellationRequested, late.Token);
        await closing;
    }

    private async Task SendAllAsync(WebSocket socket, CancellationToken ended, CancellationToken late)
    {
        var (seen, due) = (rig.Depth.Version, 0L);
        while (true)
        {
            (var depth, seen) = await rig.Depth.NextAsync(seen, ended);
            if (depth.Sequence < due)
                continue;
            due = depth.Sequence + every;
            await SendAsync(socket, depth, late);
        }
    }

    private async Task SendAsync(WebSocket socket, RigDepth depth, CancellationToken cancellationToken)
    {
        var disparity = DisparityPng.Encode(depth.Frame.Disparity);
        var picture = withPicture ? depth.Frame.LeftColour().EncodePng() : null;
        var header = JsonSerializer.SerializeToUtf8Bytes(DisparityHeader.Of(depth, disparity, picture), StatusJson.Default.DisparityHeader);
        await socket.SendAsync(header, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        await socket.SendAsync(disparity, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        if (picture is not null)
            await socket.SendAsync(picture, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
    }

    /// <summary>A subscriber says nothing but goodbye; without somebody who reads, that would not be heard.</summary>
    private static async Task UntilClosedAsync(WebSocket socket, CancellationTokenSource end, CancellationToken late)
    {
        var ignored = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(ignored.AsMemory(), late)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Gone without a word.
        }
        await end.CancelAsync();
    }

    private static async Task CloseAsync(WebSocket socket, bool stops, CancellationToken late)
    {
        try
        {
            if (socket.State is WebSocketState.CloseReceived or WebSocketState.Open)
                await socket.CloseOutputAsync(stops ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure, stops ? "The receiver stops." : null, late);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // It does not listen any more.
        }
    }
}
