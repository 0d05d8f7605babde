using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>
/// Writes the files of a plan. FAT has no transactions: everything is first written whole under other names, so a full or failing card
/// changes nothing; then come the renames, with cmdline.txt, which has the others run, as the last of them.
/// </summary>
public static class CardWriter
{
    private const string Part = ".pistereolink-part";

    public static void Write(BootPartition partition, IReadOnlyList<CardChange> changes)
    {
        CardChange[] written = [.. changes.Where(change => change.Action == CardAction.Written)];
        try
        {
            foreach (var change in written)
                WriteWhole(partition.PathOf(change.Name) + Part, change.Text!);
        }
        catch
        {
            foreach (var change in written)
                File.Delete(partition.PathOf(change.Name) + Part);
            throw;
        }
        foreach (var change in written)
            File.Move(partition.PathOf(change.Name) + Part, partition.PathOf(change.Name), overwrite: true);
        foreach (var change in changes.Where(change => change.Action == CardAction.Removed))
            File.Delete(partition.PathOf(change.Name));
    }

    private static void WriteWhole(string path, string text)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}
