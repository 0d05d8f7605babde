using System.Text.Json;
using PiStereoLink.Tests.Receiver;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Sources;

/// <summary>The whole receiver with one rig, <c>desk</c>, on a source; and a folder for films and pictures.</summary>
internal sealed class SourceRun : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-source-");

    public RunningReceiver Receiver { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>A film of so many equal pictures.</summary>
    public string Film(string name, byte[] jpeg, int pictures = 40)
    {
        var (width, height) = EncodedPicture.ReadSize(jpeg, name);
        AviFile.Write(Path(name), width, height, 10, [.. Enumerable.Repeat(jpeg, pictures)]);
        return Path(name);
    }

    public async Task StartAsync(string source, string? store = null) => Receiver = await RunningReceiver.StartAsync(store, $"desk={source}");

    public async Task<JsonElement> PairsAsync(int count)
    {
        JsonElement rig = default;
        await Until.TrueAsync(async () => (rig = (await Receiver.StatusAsync()).GetProperty("rigs")[0]).GetProperty("pairs").GetInt64() >= count);
        return rig;
    }

    /// <summary>Pictures that found no partner.</summary>
    public static (int Left, int Right) Unpaired(JsonElement rig) =>
        (rig.GetProperty("unpaired").GetProperty("left").GetInt32(), rig.GetProperty("unpaired").GetProperty("right").GetInt32());

    /// <summary>The share of pixels whose disparity is that of the scene within half a pixel, of those that have one, and how many have one.</summary>
    public async Task<(double Right, int Known)> DisparityAsync()
    {
        byte[] png = [];
        await Until.TrueAsync(async () =>
        {
            using var answer = await Receiver.Web.GetAsync("/rigs/desk/disparity.png", Token);
            png = await answer.Content.ReadAsByteArrayAsync(Token);
            return answer.IsSuccessStatusCode;
        });
        var known = DisparityPng.Read(png, "disparity.png").Values.ToArray().Where(float.IsFinite).ToList();
        return (known.Count(px => Math.Abs(px - FlatScene.Disparity) <= 0.5) / (double)Math.Max(1, known.Count), known.Count);
    }

    public Task SaysAsync(string words) => Until.TrueAsync(() => Task.FromResult(Receiver.LogLines.Any(line => line.Contains(words, StringComparison.Ordinal))));

    public async ValueTask DisposeAsync()
    {
        if (Receiver is not null)
            await Receiver.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
