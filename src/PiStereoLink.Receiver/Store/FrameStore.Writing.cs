using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Store;

/// <summary>What the writer does.</summary>
public sealed partial class FrameStore
{
    private void KeepBatch()
    {
        var began = time.GetTimestamp();
        while (written.Count < QueueFrames && time.GetElapsedTime(began) < LongestBatch && KeepFew())
        {
        }
        var synced = SyncFolders();
        foreach (var (entry, outcome) in written)
        {
            Settle(entry, synced ? outcome : StoreOutcome.Failed);
            entry.Frame.Dispose();
        }
        foreach (var (entry, _) in written)
            entry.Witness?.Flush();
        written.Clear();
    }

    /// <summary>Writes, syncs and renames what waits, as far as that goes well together; false when nothing waits.</summary>
    private bool KeepFew()
    {
        var before = written.Count;
        for (var bytes = 0; written.Count + few.Count < QueueFrames && bytes < BytesTogether && queue.Reader.TryRead(out var entry); bytes += entry.Frame.Bytes.Length)
        {
            if (few.Exists(other => StoredName.MayBeOne(other.Entry.Frame, entry.Frame)))
                FinishFew();
            Begin(entry);
        }
        FinishFew();
        return written.Count > before;
    }

    private void Begin(in StoreEntry entry)
    {
        var folder = StoredName.FolderOf(entry.Frame);
        try
        {
            if (quota is not null && !quota.HasRoomFor(entry.Frame) && !FrameFile.Has(Path.Combine(directory, folder), entry.Frame))
            {
                written.Add((entry, StoreOutcome.OverQuota));
                return;
            }
            if (!knownFolders.Contains(folder))
                DurableFolder.CreateUnder(directory, folder);
            knownFolders.Add(folder);
            few.Add((entry, FrameFile.Begin(Path.Combine(directory, folder), entry.Frame)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            written.Add((entry, Failed(folder, e.Message)));
        }
    }

    private void FinishFew()
    {
        syncs.Sync([.. few.Where(one => one.File.IsWritten).Select(one => one.File)]);
        foreach (var (entry, file) in few)
        {
            var (folder, outcome) = (StoredName.FolderOf(entry.Frame), file.Finish());
            if (file.Failure is { } why)
                Failed(folder, why);
            else
                unsynced.Add(folder);      // a duplicate's too: whoever wrote it may not have come to sync it
            written.Add((entry, outcome));
        }
        few.Clear();
    }

    private StoreOutcome Failed(string folder, string why)
    {
        knownFolders.Remove(folder);
        failure = why;
        return StoreOutcome.Failed;
    }

    private bool SyncFolders()
    {
        try
        {
            foreach (var folder in unsynced)
                DurableFolder.Sync(Path.Combine(directory, folder));
            return true;
        }
        catch (IOException e)
        {
            knownFolders.Clear();
            failure = e.Message;
            return false;
        }
        finally
        {
            unsynced.Clear();
        }
    }
}
