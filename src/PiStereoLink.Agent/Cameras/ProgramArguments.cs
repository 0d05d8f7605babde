using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>The words of one command line as they are gathered. Numbers go bare: programs before July 2023 know no units.</summary>
/// <param name="program">Who will get them, for the refusals.</param>
public sealed class ProgramArguments(string program)
{
    internal const string PreviewOff = "off", PreviewFull = "full";

    private readonly List<string> words = [];

    public IReadOnlyList<string> Words => words;

    public static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    public void Add(params ReadOnlySpan<string> some) => words.AddRange(some);

    public void AddNumber(string flag, double? value)
    {
        if (value is { } number)
            Add(flag, Text(number));
    }

    public void AddText(string flag, object? value)
    {
        if (value is not null)
            Add(flag, value.ToString()!);
    }

    public void AddSwitch(string flag, bool on)
    {
        if (on)
            Add(flag);
    }

    /// <summary>Where the preview goes; the same in every dialect. Unless asked for there is none: a node has no screen.</summary>
    public void AddPreview(string? preview)
    {
        if (preview is null or PreviewOff)
            Add("-n");
        else if (preview == PreviewFull)
            Add("-f");
        else
            Add("-p", preview);
    }

    /// <summary>Adds a word as this program calls it.</summary>
    /// <exception cref="CameraException">It has no such thing.</exception>
    public void AddWord(string flag, Vocabulary vocabulary, string? ours, Func<(string Ours, string? Rpicam, string? Raspi), string?> theirs, string without)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(theirs);
        if (ours is null)
            return;
        if (theirs(Array.Find(vocabulary.Words, word => word.Ours == ours)) is { } word)
        {
            Add(flag, word);
            return;
        }
        var known = vocabulary.Words.Where(word => theirs(word) is not null).Select(word => word.Ours).ToList();
        throw known.Count == 0 ? Lacks(vocabulary.Setting, without) : Lacks($"{vocabulary.Setting} {ours}", $"it has {string.Join(", ", known)}.");
    }

    /// <summary>Refuses a setting that the program does not have, by its name.</summary>
    public void Refuse(string setting, bool given, string why)
    {
        if (given)
            throw Lacks(setting, why);
    }

    public CameraException Lacks(string setting, string why) => new($"{program} has no {setting}: {why}");
}
