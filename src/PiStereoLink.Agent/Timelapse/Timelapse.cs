using System.Security.Cryptography;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Takes a still at each place of the grid, for weeks if asked to: what goes wrong with one costs that one.</summary>
internal sealed class Timelapse(TimelapseOptions options, TimeProvider time, Action<string> say)
{
    private readonly StillProgram program = StillProgram.For(options.Camera, time);
    private readonly ShotFolder shots = new(options.Folder, options.Keep, options.MinFreeBytes);
    // No run of an agent counts these pictures: a source and a run of their own keep each unlike any other.
    private readonly FrameStamper stamper = new(options.CameraName, Guid.NewGuid().ToString("n"), (uint)RandomNumberGenerator.GetInt32(int.MaxValue), options.Settle, time);
    private PictureSettings pictures = options.Pictures;
    private long counter;
    private string? told;       // the last failure that was said: each is said once until something changes

    public TimelapseCount Count { get; } = new();

    /// <summary>Runs until enough pictures are taken or it is stopped.</summary>
    /// <exception cref="CameraException">Nothing can be written there.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        DurableFolder.Create(options.Folder);
        TakeOverEarlier();
        using var led = new StillLed(options.Led, time);
        var grid = new ShotGrid(time, options.Interval, options.Aligned);
        try
        {
            while (options.Shots is not { } most || Count.Taken < most)
                await AtAsync(await grid.NextAsync(stopping), led, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping is how a timelapse without an end ends.
        }
    }

    private async Task AtAsync(Shot shot, StillLed led, CancellationToken stopping)
    {
        Count.Skipped += shot.Skipped;
        var local = time.GetLocalNow().DateTime;
        if (!DayWindow.Allow(options.Windows, TimeOnly.FromDateTime(local)))
        {
            Count.Outside++;
            return;
        }
        if (!shots.HasRoom())
        {
            Count.NoRoom++;
            SayOnce($"Less than {options.MinFreeBytes / 1_000_000} MB are free on {options.Folder}: no pictures until there is more room. --min-free and --keep are for that.");
            return;
        }
        try
        {
            await TakeAsync(local, led, stopping);
        }
        catch (CameraException e)
        {
            Count.Failed++;
            SayOnce($"{e.Message} The timelapse goes on.");
            return;
        }
        told = null;
        Count.Taken++;
        if (shot.Late > options.Interval / 10)
            Count.Late++;
    }

    private async Task TakeAsync(DateTime local, StillLed led, CancellationToken stopping)
    {
        var path = Path.Combine(options.Folder, options.Name.Of(counter + 1, local));
        DurableFolder.Create(Path.GetDirectoryName(path)!);
        path = ShotName.Free(path);
        using var folder = StillFolder.Beside(path);
        var index = await program.IndexAsync(options.Camera, stopping);
        var still = await led.WhileAsync(() => program.TakeAsync(index, pictures, options.Settle, Path.Combine(folder.Path, $"picture.{pictures.Encoding}"), stopping));
        if (pictures.Encoding == "jpg")
        {
            using var frame = StillPicture.Stamp(still, stamper);
            File.WriteAllBytes(still.Path, frame.Bytes.Span);
        }
        if (still.Raw is not null)
            folder.Deliver(still.Raw, Path.ChangeExtension(path, ".dng"));
        folder.Deliver(still.Path, path);
        counter++;
        shots.Add(path);
        Count.Deleted = shots.Deleted;
        Count.Last = path;
        if (options.Consistent && !pictures.IsFixed && FrozenExposure.From(still.Metadata) is { } found)
            pictures = found.Apply(pictures);
    }

    /// <summary>Numbers go on where an earlier run stopped, and its pictures count for how many are kept.</summary>
    private void TakeOverEarlier()
    {
        var earlier = options.Name.Earlier(options.Folder).ToArray();
        counter = earlier.Max(shot => shot.Counter) ?? 0;
        shots.AddEarlier(earlier.Select(shot => shot.Path));
    }

    private void SayOnce(string sentence)
    {
        if (told != sentence)
            say(sentence);
        told = sentence;
    }
}
