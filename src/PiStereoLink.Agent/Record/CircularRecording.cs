namespace PiStereoLink.Agent;

/// <summary>A film in memory, of which the newest part is written when asked to, and at the end; meanwhile the film goes on.</summary>
internal sealed class CircularRecording(PictureRing ring, RecordFiles files) : IRecording
{
    private readonly Lock access = new();       // pictures come on one thread, signals on another

    public void Add(in FilmedPicture picture)
    {
        files.Check(withRoom: false);
        lock (access)
            ring.Add(picture);
    }

    /// <summary>Writes what there is. False when there is nothing yet.</summary>
    public bool Save()
    {
        IReadOnlyList<FilmedPicture> pictures;
        lock (access)
            pictures = ring.Pictures();
        if (pictures.Count > 0)
            files.Write(pictures);
        return pictures.Count > 0;
    }

    public void Cut()
    {
        lock (access)
            ring.Cut();
    }

    public Task EndAsync()
    {
        Save();
        return files.EndAsync();
    }
}
