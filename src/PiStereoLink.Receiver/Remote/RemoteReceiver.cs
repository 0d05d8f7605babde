using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Web;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Remote;

/// <summary>A receiver elsewhere, by the address of its pages; the key that its log shows may stand in it (<c>http://HOST:8080/?key=...</c>).</summary>
public sealed partial class RemoteReceiver : IDisposable
{
    /// <summary>A picture of 64 megapixels in colour, as a PNG at its worst.</summary>
    private const int LargestMessage = 256 * 1024 * 1024;

    private const string StatusPath = "/api/status";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient web;
    private readonly string? key;

    /// <exception cref="FormatException">That is no address of a receiver's pages.</exception>
    public RemoteReceiver(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            throw new FormatException($"'{address}' is not the address of a receiver's pages, such as http://desk.local:8080.");
        key = System.Web.HttpUtility.ParseQueryString(url.Query)["key"];
        web = new HttpClient { BaseAddress = new Uri(url.GetLeftPart(UriPartial.Authority)), Timeout = Patience };
        if (key is not null)
            web.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    /// <summary>The rectified geometry of a rig.</summary>
    /// <exception cref="IOException">The receiver cannot be reached, or has no such rig or no calibration of it; the sentence is its own.</exception>
    public async Task<RemoteRig> RigAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(() => web.GetAsync($"/rigs/{Uri.EscapeDataString(name)}/calibration", cancellationToken), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new IOException(await SentenceAsync(answer, cancellationToken));
        var calibration = await AskAsync(() => answer.Content.ReadFromJsonAsync(StatusJson.Default.CalibrationAnswer, cancellationToken), cancellationToken)
            ?? throw new IOException($"{web.BaseAddress} answers with no calibration.");
        return RemoteRig.Of(name, calibration);
    }

    /// <summary>The calibration of a rig with its maps; null where it has none and takes its pictures as rectified.</summary>
    /// <exception cref="IOException">The receiver cannot be reached, or has no such rig.</exception>
    /// <exception cref="InvalidDataException">What it has is none.</exception>
    public async Task<StereoCalibration?> CalibrationAsync(string name, CancellationToken cancellationToken)
    {
        if (!(await StatusOfAsync(name, cancellationToken)).Calibrated)
            return null;
        var file = await AskAsync(() => web.GetByteArrayAsync($"/rigs/{Uri.EscapeDataString(name)}/calibration.npz", cancellationToken), cancellationToken);
        return StereoCalibration.Read(new MemoryStream(file), $"The calibration of rig {name}");
    }

    /// <summary>Every so many pairs' disparity, until the receiver ends it or the token does.</summary>
    /// <exception cref="IOException">The connection is lost, or what comes is not a subscription's.</exception>
    public async IAsyncEnumerable<RemoteDisparity> SubscribeAsync(string rig, int every, string? picture, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(rig, every, picture, cancellationToken);
        while (await NextAsync(socket, cancellationToken) is { } disparity)
            yield return disparity;
    }

    public void Dispose() => web.Dispose();

    /// <summary>What the receiver says of a rig.</summary>
    /// <exception cref="IOException">It cannot be reached, or has no such rig.</exception>
    private async Task<RigStatus> StatusOfAsync(string rig, CancellationToken cancellationToken)
    {
        var status = await AskAsync(() => web.GetFromJsonAsync(StatusPath, StatusJson.Default.Status, cancellationToken), cancellationToken);
        return status?.Rigs.FirstOrDefault(known => known.Name == rig) ?? throw new IOException(
            $"There is no rig {ForeignText.Shown(rig)} at {web.BaseAddress}. Known: {(status is { Rigs.Length: > 0 } ? string.Join(", ", status.Rigs.Select(static known => known.Name)) : "none; start it with --rig NAME=LEFT,RIGHT")}.");
    }

    private async Task<ClientWebSocket> ConnectAsync(string rig, int every, string? picture, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (Patience, Patience);
        if (key is not null)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        var url = new UriBuilder(web.BaseAddress!)
        {
            Scheme = web.BaseAddress!.Scheme == Uri.UriSchemeHttps ? "wss" : "ws",
            Path = $"/rigs/{Uri.EscapeDataString(rig)}/disparity",
            Query = $"every={every}{(picture is null ? "" : $"&picture={picture}")}",
        };
        try
        {
            await socket.ConnectAsync(url.Uri, cancellationToken).WaitAsync(Patience, cancellationToken);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException)
        {
            socket.Dispose();
            throw Unreachable(e);
        }
    }

    private async Task<RemoteDisparity?> NextAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            if (await MessageAsync(socket, WebSocketMessageType.Text, cancellationToken) is not { } text)
                return null;
            var header = JsonSerializer.Deserialize(text, StatusJson.Default.DisparityHeader) ?? throw new JsonException();
            var disparity = await MessageAsync(socket, WebSocketMessageType.Binary, cancellationToken);
            var pictures = new List<byte[]>();
            for (var more = header.PictureBytes?.Length ?? 0; more > 0 && await MessageAsync(socket, WebSocketMessageType.Binary, cancellationToken) is { } picture; more--)
                pictures.Add(picture);
            return disparity is null || pictures.Count < (header.PictureBytes?.Length ?? 0) ? null : new RemoteDisparity(header, disparity, [.. pictures]);
        }
        catch (JsonException e)
        {
            throw new IOException($"{web.BaseAddress} sends something else than disparities. Is it a receiver of this version?", e);
        }
        catch (WebSocketException e)
        {
            throw new IOException($"The connection to {web.BaseAddress} is lost: {e.Message}", e);
        }
    }

    /// <summary>The next message; null at the end of the subscription.</summary>
    private static async Task<byte[]?> MessageAsync(ClientWebSocket socket, WebSocketMessageType expected, CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(piece.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(piece.AsSpan(0, part.Count));
            if (part.MessageType != expected || message.Length > LargestMessage)
                throw new JsonException();
            if (part.EndOfMessage)
                return message.ToArray();
        }
    }

    private IOException Unreachable(Exception e) =>
        new($"The receiver at {web.BaseAddress} cannot be asked: {e.Message.TrimEnd('.')}. Does it run there, and may its pages be opened from here (receiver serve --web 0.0.0.0:8080)?", e);

    /// <summary>The sentence of an answer that refuses.</summary>
    private static async Task<string> SentenceAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonDocument.Parse(text).RootElement.TryGetProperty("detail", out var detail) && detail.GetString() is { } sentence)
                return ForeignText.Shown(sentence);
        }
        catch (JsonException)
        {
            // No problem document: another program's page.
        }
        return $"{answer.RequestMessage?.RequestUri} answers {(int)answer.StatusCode} {answer.ReasonPhrase}. Is a receiver there?";
    }
}
