using System.Runtime.CompilerServices;
using PiStereoLink.Receiver.Commands.Calibrate;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>
/// Stored pairs: DIR/left and DIR/right with pictures of any names, or leftNN and rightNN in one folder. Which belong together is
/// told by their names, as for receiver calibrate.
/// </summary>
internal sealed class ReplayFolder : ICaptureSource
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".ppm", ".pgm"];

    private readonly IReadOnlyList<PairFile> pairs;

    private ReplayFolder(IReadOnlyList<PairFile> pairs) => this.pairs = pairs;

    public bool IsLive => false;

    /// <exception cref="IOException">There are no pairs.</exception>
    public static ReplayFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}. replay: takes one with the folders left and right in it, or with pictures leftNN and rightNN.");
        var (left, right) = Directory.Exists(Path.Combine(folder, "left")) && Directory.Exists(Path.Combine(folder, "right"))
            ? (Pictures(Path.Combine(folder, "left"), ""), Pictures(Path.Combine(folder, "right"), ""))
            : (Pictures(folder, "left"), Pictures(folder, "right"));
        if (left.Length == 0 || right.Length == 0)
            throw new FileNotFoundException($"{folder} has no pairs: {left.Length} left and {right.Length} right pictures ({string.Join(", ", Endings)}). "
                + "replay: takes a folder with the folders left and right in it, or with pictures leftNN and rightNN.");
        var matched = PairFiles.Match(left, right);
        foreach (var alone in matched.Alone)
            Console.Error.WriteLine($"{alone.Pair} is left out: {alone.Reason}.");
        return new ReplayFolder(matched.Pairs);
    }

    public async IAsyncEnumerable<CapturedPictures> PicturesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (_, left, right) in pairs)
            yield return new CapturedPictures(await File.ReadAllBytesAsync(left, cancellationToken), await File.ReadAllBytesAsync(right, cancellationToken), $"{left} and {right}");
    }

    private static string[] Pictures(string folder, string prefix) =>
    [
        .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .Where(file => Path.GetFileName(file).StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)),
    ];
}
