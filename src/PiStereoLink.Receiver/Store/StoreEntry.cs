using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Receiver.Store;

/// <summary>What became of a frame that was given to the store.</summary>
public enum StoreOutcome
{
    /// <summary>It never came to its turn: whoever gave it stopped waiting.</summary>
    Withdrawn,

    /// <summary>It is on disk.</summary>
    Stored,

    /// <summary>The same frame was on disk already.</summary>
    Duplicate,

    /// <summary>Another picture of the same name was there; this one is on disk beside it.</summary>
    Beside,

    /// <summary>The disk did not take it.</summary>
    Failed,

    /// <summary>Its node may keep no more.</summary>
    OverQuota,
}

/// <summary>A frame on its way to the disk.</summary>
/// <param name="Frame">The frame; the store disposes its own reference.</param>
/// <param name="Camera">Whose it is: what becomes of it is counted there.</param>
/// <param name="ArrivedAtMicroseconds">When its length header arrived, since 1970: what the acknowledgement tells.</param>
/// <param name="Witness">Who wants to know, or null.</param>
public readonly record struct StoreEntry(Frame Frame, Camera Camera, long ArrivedAtMicroseconds = 0, IStoreWitness? Witness = null);

/// <summary>Is told what became of the frames that it gave to the store. The store's writer calls it and must not be kept waiting.</summary>
public interface IStoreWitness
{
    /// <summary>A frame is about to be queued; one <see cref="Settled"/> will follow.</summary>
    void Given();

    /// <summary>The frame is still alive during this call.</summary>
    void Settled(in StoreEntry entry, StoreOutcome outcome);

    /// <summary>All that was settled together has been told: the time to pass it on.</summary>
    void Flush();
}
