namespace PiStereoLink.Agent;

/// <summary>What becomes of a film's pictures.</summary>
internal interface IRecording
{
    /// <summary>Takes the next picture.</summary>
    /// <exception cref="RecordingException">It cannot be kept.</exception>
    void Add(in FilmedPicture picture);

    /// <summary>The stream has ended. If another follows, it begins with a key picture.</summary>
    void Cut();

    /// <summary>Ends: what has come is on the disk when this completes.</summary>
    /// <exception cref="RecordingException">A file could not be completed.</exception>
    Task EndAsync();
}
