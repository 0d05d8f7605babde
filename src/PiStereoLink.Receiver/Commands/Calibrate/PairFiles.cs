using System.Text.RegularExpressions;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>The files of one pair.</summary>
internal sealed record PairFile(string Name, string Left, string Right);

/// <summary>Which left picture belongs to which right one.</summary>
/// <param name="Pairs">Those with both.</param>
/// <param name="Alone">Those without a partner.</param>
internal sealed partial record PairFiles(IReadOnlyList<PairFile> Pairs, IReadOnlyList<DroppedPair> Alone)
{
    // What can tell pairs apart, the likeliest first: the last number of the name, the first one, the name without its eye.
    private static readonly Func<string, string?>[] Keys =
    [
        name => Number(Digits().Matches(name).LastOrDefault()),
        name => Number(Digits().Matches(name).FirstOrDefault()),
        name => Eye().Replace(name, ""),
    ];

    /// <summary>Matches by what tells the pictures of each side apart and is the same on both; else by order.</summary>
    /// <exception cref="InvalidDataException">Nothing tells which belong together.</exception>
    public static PairFiles Match(string[] left, string[] right)
    {
        foreach (var key in Keys)
        {
            var (lefts, rights) = (ByKey(left, key), ByKey(right, key));
            if (lefts is null || rights is null || !lefts.Keys.Any(rights.ContainsKey))
                continue;
            return new PairFiles(
                [.. left.Select(file => (File: file, Key: KeyOf(file, key))).Where(one => rights.ContainsKey(one.Key!)).Select(one => Pair(one.File, rights[one.Key!]))],
                [
                    .. left.Where(file => !rights.ContainsKey(KeyOf(file, key)!)).Select(file => new DroppedPair(Path.GetFileName(file), "there is no right picture with its number")),
                    .. right.Where(file => !lefts.ContainsKey(KeyOf(file, key)!)).Select(file => new DroppedPair(Path.GetFileName(file), "there is no left picture with its number")),
                ]);
        }
        return left.Length == right.Length
            ? new PairFiles([.. left.Zip(right, Pair)], [])
            : throw new InvalidDataException(
                $"There are {left.Length} left and {right.Length} right pictures, and their names do not tell which belong together: give both of a pair the same number, as left07.jpg and right07.jpg.");
    }

    private static PairFile Pair(string left, string right)
    {
        var (l, r) = (Path.GetFileName(left), Path.GetFileName(right));
        return new PairFile(l == r ? l : $"{l} + {r}", left, right);
    }

    private static Dictionary<string, string>? ByKey(string[] files, Func<string, string?> key)
    {
        var found = new Dictionary<string, string>();
        return files.All(file => KeyOf(file, key) is { } own && found.TryAdd(own, file)) ? found : null;
    }

    private static string? KeyOf(string file, Func<string, string?> key) => key(Path.GetFileNameWithoutExtension(file));

    private static string? Number(Match? digits) => digits?.Value.TrimStart('0').PadLeft(1, '0');

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("left|right|(?<![a-z])[lr](?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Eye();
}
