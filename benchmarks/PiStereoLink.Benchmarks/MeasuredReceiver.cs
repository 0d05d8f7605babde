using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace PiStereoLink.Benchmarks;

/// <summary>Our receiver as a process of its own, on ports of its own.</summary>
internal sealed class MeasuredReceiver : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-bench-");
    private HttpClient web = new();

    private MeasuredReceiver(string? program, string[] options) => Process = new MeasuredProcess(program ?? Places.Program("PiStereoLink.Receiver"),
        ["serve", "--listen", "127.0.0.1:0", "--web", "127.0.0.1:0", "--state", folder.FullName, .. options]);

    public MeasuredProcess Process { get; }

    public int Port { get; private set; }

    public static Task<MeasuredReceiver> StartAsync(params string[] options) => StartAsync(program: null, options);

    /// <summary>The receiver of another build; null for that of this one.</summary>
    public static async Task<MeasuredReceiver> StartAsync(string? program, string[] options)
    {
        var receiver = new MeasuredReceiver(program, options);
        var state = Path.Combine(receiver.folder.FullName, "receiver.json");
        while (!File.Exists(state))
            await Task.Delay(20);
        var running = JsonDocument.Parse(await File.ReadAllTextAsync(state)).RootElement;
        var frames = running.GetProperty("frames").GetString()!;
        receiver.Port = int.Parse(frames[(frames.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        receiver.web = new HttpClient { BaseAddress = new Uri(running.GetProperty("web").GetString()!) };
        return receiver;
    }

    /// <summary>What was sent is not yet read: waits until the receiver has counted it and every sender has gone.</summary>
    public async Task QuietAsync()
    {
        while ((await CamerasAsync()).Any(camera => camera.GetProperty("connected").GetBoolean()))
            await Task.Delay(100);      // asking costs the receiver too
    }

    /// <summary>Frames so far of the cameras whose names begin so.</summary>
    public async Task<long> FramesAsync(string beginning) => (await CamerasAsync())
        .Where(camera => camera.GetProperty("name").GetString()!.StartsWith(beginning, StringComparison.Ordinal)).Sum(camera => camera.GetProperty("frames").GetInt64());

    /// <summary>Managed bytes allocated and collections of the oldest generation since its start.</summary>
    public async Task<(double Bytes, double FullCollections)> GarbageAsync()
    {
        var metrics = await web.GetStringAsync("/metrics");
        double Value(string name) => double.Parse(metrics.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
        return (Value("pistereolink_gc_allocated_bytes_total "), Value("pistereolink_gc_collections_total{generation=\"2\"} "));
    }

    public void Dispose()
    {
        Process.Dispose();
        web.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<IEnumerable<JsonElement>> CamerasAsync() => (await web.GetFromJsonAsync<JsonElement>("/api/status")).GetProperty("cameras").EnumerateArray();
}
