namespace PiStereoLink.Agent;

/// <summary>The newest pictures of a film, from a key picture on: the oldest go with all that need them.</summary>
public sealed class PictureRing(CircularLimit limit)
{
    private readonly Queue<Group> groups = [];
    private Group? newest;

    public long Bytes { get; private set; }

    /// <exception cref="RecordingException">Not even the pictures since the last key picture fit in.</exception>
    public void Add(in FilmedPicture picture)
    {
        if (picture.IsKey)
            groups.Enqueue(newest = new Group());
        if (newest is null)
            return;
        newest.Pictures.Add(picture.Copy());
        newest.Bytes += picture.Bytes.Length;
        Bytes += picture.Bytes.Length;
        while (groups.Count > 1 && (Bytes > limit.MaxBytes || IsLongEnough(picture.Time)))
            Bytes -= groups.Dequeue().Bytes;
        if (Bytes > limit.MaxBytes)
            throw new RecordingException($"The pictures since the last key picture are more than the {limit.MaxBytes / 1_000_000} MB that may be kept: ask for a smaller --intra, a lower --bitrate or more with --circular.");
    }

    /// <summary>The stream has ended: what comes next must begin with a key picture.</summary>
    public void Cut() => newest = null;

    /// <summary>All pictures, oldest first.</summary>
    public IReadOnlyList<FilmedPicture> Pictures() => [.. groups.SelectMany(group => group.Pictures)];

    /// <summary>Without the oldest group it is still as long as asked for.</summary>
    private bool IsLongEnough(TimeSpan now) => limit.Length is { } length && now - groups.ElementAt(1).Pictures[0].Time >= length;

    /// <summary>A key picture and those that need it.</summary>
    private sealed class Group
    {
        public List<FilmedPicture> Pictures { get; } = [];

        public long Bytes { get; set; }
    }
}
