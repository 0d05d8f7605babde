using System.Diagnostics;

namespace PiStereoLink.Agent;

/// <summary>One picture that a camera program has taken.</summary>
/// <param name="Path">The picture, as the program wrote it.</param>
/// <param name="Raw">The sensor's own data beside it; null when not asked for.</param>
/// <param name="Metadata">What the program tells of it; null when it tells nothing.</param>
/// <param name="Sensor">The sensor's model; null when not told.</param>
/// <param name="Took">How long the program ran: a picture whose time is not told was taken within it.</param>
public sealed record Still(string Path, string? Raw, CameraMetadata? Metadata, string? Sensor, TimeSpan Took);

/// <summary>rpicam-still, libcamera-still or raspistill: a process for each picture.</summary>
public sealed partial class StillProgram(CameraProgram program, TimeProvider time)
{
    /// <summary>Starting, focusing, encoding 64 megapixels and writing them to a slow card take less.</summary>
    private static readonly TimeSpan Overhead = TimeSpan.FromSeconds(30);

    /// <summary>Below a second there is little to gain, and a picture without a preview before it has not been focused.</summary>
    private const double LongExposureMicroseconds = 1_000_000;

    // Found out once for all pictures: programs before June 2022.
    private bool hasNoMetadata = program.Dialect == CameraDialect.Raspi;

    public string Name => program.Name;

    /// <summary>The newest program that takes stills with this camera.</summary>
    /// <exception cref="CameraException">There is none.</exception>
    public static StillProgram For(CameraSpec spec, TimeProvider time) => new(CameraProgram.ForStills(spec), time);

    /// <summary>The camera's index now; see <see cref="CameraList.IndexAsync"/>.</summary>
    public Task<int> IndexAsync(CameraSpec spec, CancellationToken stopping) => CameraList.IndexAsync(spec, program, time, stopping);

    /// <summary>Takes one picture.</summary>
    /// <param name="camera">The camera's index.</param>
    /// <param name="pictures">What picture.</param>
    /// <param name="settle">Time to find exposure, white balance and focus; 0 takes the first picture that comes.</param>
    /// <param name="path">Where to, with an extension. A DNG and a .json with the metadata appear beside it, so the folder should be the caller's own.</param>
    /// <param name="stopping">Stops the program.</param>
    /// <exception cref="CameraException">It has taken none; the message says why.</exception>
    public async Task<Still> TakeAsync(int camera, PictureSettings pictures, TimeSpan settle, string path, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var started = Stopwatch.GetTimestamp();
        var metadata = System.IO.Path.ChangeExtension(path, ".json");
        var limit = settle + TimeSpan.FromMicroseconds(3 * (pictures.ShutterMicroseconds ?? 0)) + Overhead;
        var ended = await RunAsync(Arguments(camera, pictures, settle, path, hasNoMetadata ? null : metadata), limit, stopping);
        if (ended.Failure is not null && !hasNoMetadata && ended.LacksMetadata)
        {
            hasNoMetadata = true;
            ended = await RunAsync(Arguments(camera, pictures, settle, path, metadataPath: null), limit, stopping);
        }
        if (ended.Failure is { } failure)
            throw failure;
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            throw new CameraException($"{program.Name} ended as if all were well, but there is no picture.");

        var raw = pictures.Raw ? System.IO.Path.ChangeExtension(path, ".dng") : null;
        if (raw is not null && !File.Exists(raw))
            throw new CameraException($"{program.Name} wrote no DNG beside the picture.");
        return new(path, raw, CameraMetadataParser.ReadFile(metadata), ended.Sensor, Stopwatch.GetElapsedTime(started));
    }

    private sealed record Ended(CameraException? Failure, bool LacksMetadata, string? Sensor);

    private async Task<Ended> RunAsync(IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken stopping)
    {
        await using var process = CameraProcess.Start(program, arguments, time);
        using var deadline = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        var output = process.Output.CopyToAsync(Stream.Null, process.Abandoned);     // it says nothing there, but must not wait for a reader

        await process.Exited.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var late = !process.Exited.IsCompleted;
        await process.StopAsync();
        var exitCode = await process.EndAsync();
        await output.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        stopping.ThrowIfCancellationRequested();
        var said = process.Errors.Lines;
        var failure = late ? TooLate(said, limit) : exitCode != 0 ? process.Failure(exitCode) : null;
        return new(failure, said.Any(line => CameraFault.OptionIn(line) == "--metadata"), process.Errors.Sensor);
    }

    private CameraException TooLate(IReadOnlyCollection<string> said, TimeSpan limit) => new(
        $"{program.Name} had taken no picture after {limit.TotalSeconds:0} s and was stopped. " +
        (CameraFault.Explain(program.Name, said) ?? $"It said: {(said.Count == 0 ? "nothing" : string.Join(" | ", said.TakeLast(4)))}"));
}
