using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>The pictures in a store or a spool: which are there, how often, and whether they are whole.</summary>
internal sealed class StoredPictures
{
    /// <summary>How many files of one identity there are.</summary>
    public Dictionary<FrameIdentity, int> Files { get; } = [];

    /// <summary>Files that are not, to the last byte, the picture that their stamp names.</summary>
    public List<string> Half { get; } = [];

    /// <summary>Identities with more than one file.</summary>
    public int Twice => Files.Values.Count(files => files > 1);

    /// <summary>Reads every file that stands under its final name.</summary>
    public static StoredPictures In(string folder)
    {
        var found = new StoredPictures();
        if (Directory.Exists(folder))
            foreach (var file in Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories))
            {
                var bytes = File.ReadAllBytes(file);
                if (!StampReader.TryRead(bytes, out var stamp) || !Film.IsPicture(bytes, stamp.Identity.Sequence))
                    found.Half.Add(file);
                else
                    found.Files[stamp.Identity] = found.Files.GetValueOrDefault(stamp.Identity) + 1;
            }
        return found;
    }
}
