namespace PiStereoLink.Agent;

/// <summary>Where a recording goes.</summary>
/// <param name="Given">As it was given.</param>
/// <param name="Folder">What stands before the first field of the name.</param>
/// <param name="Name">What files are called there; null for stdout and for a single file.</param>
/// <param name="Encoding">A word of <see cref="Encodings"/>.</param>
internal sealed record RecordTarget(string Given, string Folder, ShotName? Name, string Encoding)
{
    public const string H264 = "h264";

    private const string UsualName = "{timestamp:%Y-%m-%d-%H-%M-%S}.";

    public static readonly string[] Encodings = [H264, "yuv420", "rgb"];

    private static readonly Dictionary<string, string> Ends = new()
    {
        [".h264"] = H264,
        [".264"] = H264,
        [".yuv"] = "yuv420",
        [".yuv420"] = "yuv420",
        [".rgb"] = "rgb",
        [".mp4"] = H264,
        [".mkv"] = H264,
    };

    private static readonly string[] Containers = [".mp4", ".mkv"];

    public bool IsStdout => Given == "-";

    /// <summary>The H.264 is put into a file of another kind when it is complete.</summary>
    public bool IsContainer => Containers.Contains(Path.GetExtension(Given));

    /// <param name="given">The file, the folder, or - for stdout.</param>
    /// <param name="encoding">What is asked for; null goes by the file's name.</param>
    /// <exception cref="SettingException">What is not allowed, in a sentence.</exception>
    public static RecordTarget Parse(string given, string? encoding)
    {
        if (encoding is not null && !Encodings.Contains(encoding))
            throw new SettingException($"--encoding '{encoding}' is not {string.Join(", ", Encodings[..^1])} or {Encodings[^1]}.");
        if (given == "-")
            return new(given, "", null, encoding ?? H264);
        if (given.EndsWith('/') || Directory.Exists(given))
            return new(given.TrimEnd('/') + '/', Path.GetFullPath(given), new ShotName(UsualName + EndOf(encoding ?? H264)), encoding ?? H264);
        if (!Ends.TryGetValue(Path.GetExtension(given), out var named))
            throw new SettingException($"-o {given} cannot be: its end must be {string.Join(", ", Ends.Keys.SkipLast(1))} or {Ends.Keys.Last()}, or it must be a folder that is there.");
        if (encoding is not null && encoding != named)
            throw new SettingException($"-o {given} is of {named}, and --encoding says {encoding}: leave --encoding out, or give -o FILE.{EndOf(encoding)}.");
        // What stands before the first field is the folder; the names below it may make folders.
        var field = given.AsSpan().IndexOfAny('%', '{');
        if (field < 0)
            return new(given, Path.GetDirectoryName(Path.GetFullPath(given))!, null, named);
        var folder = given[..(given[..field].LastIndexOf('/') + 1)];
        try
        {
            return new(given, Path.GetFullPath(folder.Length == 0 ? "." : folder), new ShotName(given[folder.Length..]), named);
        }
        catch (FormatException e)
        {
            throw new SettingException(e.Message);
        }
    }

    private static string EndOf(string encoding) => encoding == "yuv420" ? "yuv" : encoding;

    /// <summary>The path of the file of that number.</summary>
    public string PathOf(long counter, DateTime local) => Name is null ? Path.GetFullPath(Given) : Path.Combine(Folder, Name.Of(counter, local));
}
