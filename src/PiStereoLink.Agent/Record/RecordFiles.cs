using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// The files of a recording. What takes time (bringing one to the disk, putting it into a container, deleting old ones) is done one after the
/// other beside the recording, which must not wait: the camera would lose pictures.
/// </summary>
internal sealed class RecordFiles
{
    private readonly RecordOptions options;
    private readonly RecordCount count;
    private readonly TimeProvider time;
    private readonly Action<string> say;
    private readonly ShotFolder folder;
    private readonly InTurn work;
    private long counter;

    /// <exception cref="RecordingException">Nothing can be written there.</exception>
    public RecordFiles(RecordOptions options, RecordCount count, TimeProvider time, Action<string> say)
    {
        (this.options, this.count, this.time, this.say) = (options, count, time, say);
        work = new InTurn(options.Target.Folder);
        folder = new ShotFolder(options.Target.Folder, options.Keep, options.MinFreeBytes);
        try
        {
            DurableFolder.Create(options.Target.Folder);
            TakeOverEarlier();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RecordingException.Of(options.Target.Folder, e);
        }
    }

    /// <summary>Begins the file whose first picture was taken then.</summary>
    /// <exception cref="RecordingException">It cannot be written.</exception>
    public VideoFile Begin(DateTime utc)
    {
        var path = options.Target.PathOf(Interlocked.Increment(ref counter), TimeZoneInfo.ConvertTimeFromUtc(utc, time.LocalTimeZone));
        return new VideoFile(options.Target.IsContainer ? Path.ChangeExtension(path, ".h264") : path, options.WithTimes);
    }

    /// <summary>Completes a file, soon.</summary>
    public void Complete(VideoFile file) => work.Do(() => CompleteAsync(file));

    /// <summary>Writes pictures to a file of their own, soon.</summary>
    public void Write(IReadOnlyList<FilmedPicture> pictures) => work.Do(async () =>
    {
        CheckRoom();
        var file = Begin(pictures[0].Utc);
        try
        {
            foreach (var picture in pictures)
                file.Write(picture);
        }
        finally
        {
            await CompleteAsync(file);
        }
    });

    /// <exception cref="RecordingException">A file could not be completed, or there is too little room.</exception>
    public void Check(bool withRoom)
    {
        work.Check();
        if (withRoom)
            CheckRoom();
    }

    /// <summary>Completes when all files are.</summary>
    /// <exception cref="RecordingException">One could not be completed.</exception>
    public Task EndAsync() => work.EndAsync();

    private void CheckRoom()
    {
        if (!folder.HasRoom())
            throw new RecordingException($"Less than {options.MinFreeBytes / 1_000_000} MB are free on {options.Target.Folder}: --min-free says how little may be, --keep deletes old files.");
    }

    private async Task CompleteAsync(VideoFile file)
    {
        if (file.Complete() is not { } path)
            return;
        if (options.Target.IsContainer)
            path = await ContainedAsync(path, file.Framerate ?? options.Pictures.Framerate);
        folder.Add(path);
        (count.Files, count.Deleted, count.Last) = (count.Files + 1, folder.Deleted, path);
    }

    private async Task<string> ContainedAsync(string path, double framerate)
    {
        var made = ShotName.Free(Path.ChangeExtension(path, Path.GetExtension(options.Target.Given)));
        if (await VideoContainer.MakeAsync(path, made, framerate) is not { } problem)
        {
            File.Delete(path);
            return made;
        }
        say($"No {made}: {problem}. The recording stays {path}.");
        count.Unconverted++;
        return path;
    }

    /// <summary>Numbers go on where an earlier recording stopped, and its files count for how many are kept.</summary>
    private void TakeOverEarlier()
    {
        var earlier = options.Target.Name?.Earlier(options.Target.Folder).ToArray() ?? [];
        counter = earlier.Max(file => file.Counter) ?? 0;
        folder.AddEarlier(earlier.Select(file => file.Path));
    }
}
