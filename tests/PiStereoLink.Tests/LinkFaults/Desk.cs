using System.Net;
using System.Text.Json;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>The real receiver as a process, with a store.</summary>
internal static class Desk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="folder">Where its state goes; the store may lie elsewhere.</param>
    /// <param name="store">Where frames are kept.</param>
    /// <param name="listen">Address and port, 0 for any.</param>
    /// <param name="inNamespace">A network namespace to run in, or null.</param>
    public static async Task<(Child Receiver, IPEndPoint Frames)> StartAsync(string folder, string store, string listen = "127.0.0.1:0", string? inNamespace = null)
    {
        var state = Path.Combine(folder, "receiver");
        var file = Path.Combine(state, "receiver.json");
        Directory.CreateDirectory(state);
        File.Delete(file);
        var receiver = new Child("PiStereoLink.Receiver", ["serve", "--listen", listen, "--web", "127.0.0.1:0", "--store", store, "--state", state], inNamespace);
        if (await receiver.SaysAsync("Frames are taken at", since: 0, Patience) is null)
            throw new InvalidOperationException($"The receiver did not start:\n{receiver.Said}");
        return (receiver, IPEndPoint.Parse(JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("frames").GetString()!));
    }
}
