using System.Diagnostics;

namespace PiStereoLink.Agent;

/// <summary>One picture that a camera program has taken.</summary>
/// <param name="Path">The picture, as the program wrote it.</param>
/// <param name="Raw">The sensor's own data beside it; null when not asked for.</param>
/// <param name="Geometry">How its bytes lie, where the file does not say it.</param>
/// <param name="Metadata">What the program tells of it; null when it tells nothing.</param>
/// <param name="Sensor">The sensor's model; null when not told.</param>
/// <param name="Took">How long the program ran: a picture whose time is not told was taken within it.</param>
public sealed record Still(string Path, string? Raw, RawGeometry? Geometry, CameraMetadata? Metadata, string? Sensor, TimeSpan Took);

/// <summary>rpicam-still, libcamera-still, raspistill or raspiyuv: a process for each picture.</summary>
public sealed partial class StillProgram(CameraProgram program, TimeProvider time)
{
    /// <summary>Starting, focusing, encoding 64 megapixels and writing them to a slow card.</summary>
    private static readonly TimeSpan Overhead = TimeSpan.FromSeconds(20);

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
        await CheckLimitAsync(camera, pictures, stopping);
        if (IsLong(pictures) && !pictures.IsFixed && settle > TimeSpan.Zero)
            pictures = await MeteredAsync(camera, pictures, settle, path, stopping);
        return await ShootAsync(camera, pictures, settle, path, stopping);
    }

    private async Task<Still> ShootAsync(int camera, PictureSettings pictures, TimeSpan settle, string path, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        var writer = program.Writing(pictures);
        var metadata = System.IO.Path.ChangeExtension(path, ".json");
        var limit = StallLimit.Of(3 * StallLimit.Exposure(pictures.ShutterMicroseconds, null), settle + Overhead);
        var ended = await RunAsync(writer, Arguments(writer, camera, pictures, settle, path, hasNoMetadata ? null : metadata), limit, stopping);
        if (ended.Failure is not null && !hasNoMetadata && ended.LacksMetadata)
        {
            hasNoMetadata = true;
            ended = await RunAsync(writer, Arguments(writer, camera, pictures, settle, path, metadataPath: null), limit, stopping);
        }
        if (ended.Failure is { } failure)
            throw failure;
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            throw new CameraException($"{writer.Name} ended as if all were well, but there is no picture.");

        var raw = pictures.Raw ? System.IO.Path.ChangeExtension(path, ".dng") : null;
        if (raw is not null && !File.Exists(raw))
            throw new CameraException($"{writer.Name} wrote no DNG beside the picture.");
        var geometry = RawGeometry.Of(pictures, program.Dialect);
        if (geometry is not null && new FileInfo(path).Length is var bytes && bytes != geometry.Bytes)
            throw new CameraException(
                $"{writer.Name} wrote {bytes} bytes, which are not the {geometry.Bytes} of {geometry.Encoding} with {geometry.PaddedWidth}x{geometry.PaddedHeight}: the picture is not whole.");
        return new(path, raw, geometry, program.Dialect == CameraDialect.Raspi ? ended.Settings : CameraMetadataParser.ReadFile(metadata), ended.Sensor, Stopwatch.GetElapsedTime(started));
    }

    private sealed record Ended(CameraException? Failure, bool LacksMetadata, CameraMetadata? Settings, string? Sensor);

    private async Task<Ended> RunAsync(CameraProgram writer, IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken stopping)
    {
        await using var process = CameraProcess.Start(writer, arguments, time);
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
        var failure = late ? TooLate(writer.Name, said, limit) : exitCode != 0 ? process.Failure(exitCode) : null;
        return new(failure, said.Any(line => CameraFault.OptionIn(line) == "--metadata"), RaspiSettings.Read(said), process.Errors.Sensor);
    }

    private static CameraException TooLate(string name, IReadOnlyCollection<string> said, TimeSpan limit) => new(
        $"{name} had taken no picture after {limit.TotalSeconds:0} s and was stopped. " +
        (CameraFault.Explain(name, said) ?? $"It said: {(said.Count == 0 ? "nothing" : string.Join(" | ", said.TakeLast(4)))}"))
    {
        Trouble = CameraTrouble.Stalled,
    };
}
