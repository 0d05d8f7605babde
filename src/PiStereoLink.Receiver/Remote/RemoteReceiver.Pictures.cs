using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Receiver.Remote;

/// <summary>Its cameras' pictures, as they came there.</summary>
public sealed partial class RemoteReceiver
{
    /// <summary>The two cameras of a rig.</summary>
    /// <exception cref="IOException">The receiver cannot be reached, or has no such rig.</exception>
    public async Task<(CameraName Left, CameraName Right)> EyesAsync(string rig, CancellationToken cancellationToken)
    {
        var found = await StatusOfAsync(rig, cancellationToken);
        return CameraName.TryParse(found.Left, out var left) && CameraName.TryParse(found.Right, out var right)
            ? (left, right)
            : throw new IOException($"{web.BaseAddress} names no cameras for the rig {rig}. Is it a receiver of this version?");
    }

    /// <summary>A camera's pictures from now on, the newest each time; the caller owns each. It ends when the receiver ends it.</summary>
    /// <exception cref="IOException">The receiver cannot be reached, knows no such camera, or sends something else.</exception>
    public async IAsyncEnumerable<Frame> PicturesAsync(CameraName camera, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(() => web.GetAsync($"/cameras/{camera}/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new IOException(await SentenceAsync(answer, cancellationToken));
        var boundary = answer.Content.Headers.ContentType?.Parameters.FirstOrDefault(part => part.Name == "boundary")?.Value
            ?? throw new IOException($"{web.BaseAddress} sends no stream of pictures for {camera}. Is it a receiver of this version?");
        var parts = new MultipartReader(boundary, await answer.Content.ReadAsStreamAsync(cancellationToken));
        for (ulong number = 0; await NextAsync(parts, cancellationToken) is { } part; number++)
        {
            var capturedAt = DateTime.Parse(part.Headers!["X-Capture-Time"].ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            var picture = FrameBuffer.Rent();
            picture.Append(await BytesAsync(part, cancellationToken));
            yield return new Frame(camera, new FrameIdentity(0, 0, number), capturedAt, stamp: null, picture);
        }
    }

    private async Task<MultipartSection?> NextAsync(MultipartReader parts, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new IOException($"The connection to {web.BaseAddress} is lost: {e.Message}", e);
        }
    }

    private static async Task<byte[]> BytesAsync(MultipartSection part, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await part.Body.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(e);
        }
    }
}
