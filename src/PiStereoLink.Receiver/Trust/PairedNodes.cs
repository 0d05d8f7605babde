using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Trust;

/// <summary>
/// The paired nodes on disk: a file for each, named as the node, that holds its pin. Nothing is remembered here: every question reads the
/// folder, so that what another process adds or removes counts at once. Adding and removing are one file each, so processes cannot undo each other's.
/// </summary>
public sealed class PairedNodes(string stateFolder)
{
    /// <summary>Longer than a pin and its end of line; a file that is larger holds something else.</summary>
    private const int MostBytes = 64;

    private readonly string folder = Path.Combine(stateFolder, "paired");

    /// <summary>All of them, by name. A file that holds no pin lets nobody in.</summary>
    public IReadOnlyList<PairedNode> All => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(node => Find(node!)).OfType<PairedNode>()];

    /// <summary>Whether a node is paired under that name.</summary>
    public bool Has(string node) => CameraName.IsValid(node) && File.Exists(FileOf(node));

    /// <summary>The node that has this key; null when none has.</summary>
    public PairedNode? Find(Pin key) => All.FirstOrDefault(node => node.Key == key);

    /// <summary>The node of that name; null when it is not paired.</summary>
    public PairedNode? Find(string node)
    {
        try
        {
            return CameraName.IsValid(node) && new FileInfo(FileOf(node)) is { Exists: true, Length: <= MostBytes } file
                && Pin.TryParse(File.ReadAllText(file.FullName).Trim(), out var pin) ? new PairedNode(node, pin) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;        // removed since we looked
        }
    }

    /// <summary>Adds one, on disk when this returns.</summary>
    /// <exception cref="IOException">A node of that name is there, or the folder cannot be written.</exception>
    public void Add(PairedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        PrivateFolder.Create(folder);
        PrivateFile.Write(FileOf(node.Node), $"{node.Key}\n");
    }

    /// <summary>Removes one, for good when this returns; false when there is none.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public bool Remove(string node)
    {
        if (!Has(node))
            return false;
        File.Delete(FileOf(node));
        DurableFolder.Sync(folder);
        return true;
    }

    private string FileOf(string node) => Path.Combine(folder, node);
}
