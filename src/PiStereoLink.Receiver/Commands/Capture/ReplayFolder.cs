using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>
/// Stored pairs: DIR/left and DIR/right with pictures of any names, or leftNN and rightNN in one folder. A pair is what has the same
/// number, the last one in the name; files without one are paired by name.
/// </summary>
internal sealed partial class ReplayFolder : ICaptureSource
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".ppm", ".pgm"];

    private readonly IReadOnlyList<(string Left, string Right)> pairs;

    private ReplayFolder(IReadOnlyList<(string Left, string Right)> pairs) => this.pairs = pairs;

    public bool IsLive => false;

    /// <exception cref="IOException">There are no pairs.</exception>
    public static ReplayFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}. replay: takes one with the folders left and right in it, or with pictures leftNN and rightNN.");
        var (left, right) = Directory.Exists(Path.Combine(folder, "left")) && Directory.Exists(Path.Combine(folder, "right"))
            ? (Pictures(Path.Combine(folder, "left"), ""), Pictures(Path.Combine(folder, "right"), ""))
            : (Pictures(folder, "left"), Pictures(folder, "right"));
        var pairs = left.Keys.Where(right.ContainsKey).Select(key => (left[key], right[key])).ToList();
        if (pairs.Count == 0)
            throw new FileNotFoundException($"{folder} has no pairs: {left.Count} left and {right.Count} right pictures ({string.Join(", ", Endings)}), none with the same number. "
                + "replay: takes a folder with the folders left and right in it, or with pictures leftNN and rightNN.");
        foreach (var alone in left.Keys.Except(right.Keys).Select(key => left[key]).Concat(right.Keys.Except(left.Keys).Select(key => right[key])))
            Console.Error.WriteLine($"{alone} has no partner and is left out.");
        return new ReplayFolder(pairs);
    }

    public async IAsyncEnumerable<CapturedPictures> PicturesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (left, right) in pairs)
            yield return new CapturedPictures(await File.ReadAllBytesAsync(left, cancellationToken), await File.ReadAllBytesAsync(right, cancellationToken), $"{left} and {right}");
    }

    private static SortedDictionary<string, string> Pictures(string folder, string prefix)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            if (Path.GetFileName(file).StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                files.TryAdd(Key(Path.GetFileNameWithoutExtension(file)), file);
        return files;
    }

    private static string Key(string name) => LastNumber().Match(name) is { Success: true, Value: var digits }
        ? digits.TrimStart('0').PadLeft(20, '0')
        : name.ToLower(CultureInfo.InvariantCulture).Replace("left", "", StringComparison.Ordinal).Replace("right", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\d+(?=\D*$)")]
    private static partial Regex LastNumber();
}
