namespace PiStereoLink.Agent;

/// <summary>A film in one file, or in one after the other: each begins at a key picture, and no picture is in none.</summary>
internal sealed class FileRecording(RecordOptions options, RecordFiles files) : IRecording
{
    // Pictures come a little early as well as late: half a period is nearer to this key picture than to the next.
    private readonly TimeSpan tolerance = TimeSpan.FromSeconds(0.5 / options.Pictures.Framerate);
    private VideoFile? file;

    public void Add(in FilmedPicture picture)
    {
        files.Check(withRoom: picture.IsKey);
        if (picture.IsKey && options.Segment is { } length && file?.LengthAt(picture) >= length - tolerance)
            Cut();
        if (picture.IsKey)
            file ??= files.Begin(picture.Utc);
        file?.Write(picture);
    }

    public void Cut()
    {
        if (file is not null)
            files.Complete(file);
        file = null;
    }

    public Task EndAsync()
    {
        Cut();
        return files.EndAsync();
    }
}
