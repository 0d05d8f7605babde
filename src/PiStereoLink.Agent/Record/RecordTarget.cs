namespace PiStereoLink.Agent;

/// <summary>Where a recording goes.</summary>
/// <param name="Given">As it was given.</param>
/// <param name="Folder">What stands before the first field of the name.</param>
/// <param name="Name">What files are called there; null for stdout and for a single file.</param>
internal sealed record RecordTarget(string Given, string Folder, ShotName? Name)
{
    private const string UsualName = "{timestamp:%Y-%m-%d-%H-%M-%S}.h264";

    private static readonly string[] Streams = [".h264", ".264"], Containers = [".mp4", ".mkv"];

    public bool IsStdout => Given == "-";

    /// <summary>The H.264 is put into a file of another kind when it is complete.</summary>
    public bool IsContainer => Containers.Contains(Path.GetExtension(Given));

    /// <exception cref="SettingException">What is not allowed, in a sentence.</exception>
    public static RecordTarget Parse(string given)
    {
        if (given == "-")
            return new(given, "", null);
        if (given.EndsWith('/') || Directory.Exists(given))
            return new(given.TrimEnd('/') + '/', Path.GetFullPath(given), new ShotName(UsualName));
        if (!Streams.Concat(Containers).Contains(Path.GetExtension(given)))
            throw new SettingException($"-o {given} cannot be: its end must be {string.Join(", ", Streams)}, {Containers[0]} or {Containers[1]}, or it must be a folder that is there.");
        // What stands before the first field is the folder; the names below it may make folders.
        var field = given.AsSpan().IndexOfAny('%', '{');
        if (field < 0)
            return new(given, Path.GetDirectoryName(Path.GetFullPath(given))!, null);
        var folder = given[..(given[..field].LastIndexOf('/') + 1)];
        try
        {
            return new(given, Path.GetFullPath(folder.Length == 0 ? "." : folder), new ShotName(given[folder.Length..]));
        }
        catch (FormatException e)
        {
            throw new SettingException(e.Message);
        }
    }

    /// <summary>The path of the file of that number.</summary>
    public string PathOf(long counter, DateTime local) => Name is null ? Path.GetFullPath(Given) : Path.Combine(Folder, Name.Of(counter, local));
}
