using System.IO.Pipelines;
using System.Text;

namespace PiStereoLink.Agent;

/// <summary>Asks a camera program which cameras there are, and finds the one that is meant.</summary>
public static class CameraList
{
    /// <summary>It takes a second or two; a wedged driver takes for ever.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Before July 2022 the list came on stderr: two cameras with a dozen modes each, and libcamera's own lines.</summary>
    private const int LinesOfErrors = 500;

    /// <summary>What the program gets as <c>--camera</c> now. A model or an id path is looked up in the present list at every start.</summary>
    /// <exception cref="CameraException">There is no such camera, or more than one.</exception>
    public static async Task<int> IndexAsync(CameraSpec spec, CameraProgram program, TimeProvider time, CancellationToken stopping) =>
        spec.Wanted is null ? spec.Index : Find(await ReadAsync(program, time, stopping), spec.Wanted).Index;

    /// <summary>The cameras that are connected now; none is an empty list.</summary>
    /// <exception cref="CameraException">The program cannot list them, or failed.</exception>
    public static async Task<IReadOnlyList<ListedCamera>> ReadAsync(CameraProgram program, TimeProvider time, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.Dialect == CameraDialect.Raspi)
            throw new CameraException($"{program.Name} has no list of cameras: give --camera 0, or --camera 1 for the second port of a Compute Module.");

        await using var process = CameraProcess.Start(program, ["--list-cameras"], time, LinesOfErrors);
        using var deadline = new CancellationTokenSource(Limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        using var onEnd = end.Token.Register(() => process.StopAsync());
        var output = new MemoryStream();
        await process.Output.CopyToAsync(output, process.Abandoned).WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var exitCode = end.IsCancellationRequested ? await process.StopAsync() : await process.EndAsync();
        stopping.ThrowIfCancellationRequested();
        if (deadline.IsCancellationRequested)
            throw new CameraException($"{program.Name} did not list the cameras within {Limit.TotalSeconds} s and was stopped. If that stays so, reboot this Pi.");
        if (exitCode != 0)
            throw process.Failure(exitCode);
        return CameraListParser.Parse([.. Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length).Split('\n'), .. process.Errors.Lines]);
    }

    /// <summary>The one camera of this model, or with this in its id path.</summary>
    /// <exception cref="CameraException">There is no such camera, or more than one.</exception>
    public static ListedCamera Find(IReadOnlyList<ListedCamera> cameras, string wanted)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        var found = cameras.Where(camera => camera.Model.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            found = [.. cameras.Where(camera => camera.Id.Contains(wanted, StringComparison.Ordinal))];
        return found.Count switch
        {
            1 => found[0],
            0 when cameras.Count == 0 => throw new CameraException($"--camera {wanted} is not there: no camera is. {NoneFound}"),
            0 => throw new CameraException($"--camera {wanted} is not there. There is {string.Join(", ", cameras)}."),
            _ => throw new CameraException(
                $"--camera {wanted} could be any of {found.Count}: {string.Join(", ", found)}. Give a part of the id path that only one has."),
        };
    }

    /// <summary>What to do about an empty list.</summary>
    public const string NoneFound = "With the Pi switched off, check the ribbon cable at both ends.";
}
