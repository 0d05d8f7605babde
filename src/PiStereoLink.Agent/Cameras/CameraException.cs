namespace PiStereoLink.Agent;

/// <summary>A camera cannot be started or has failed. The message says why in plain words, what to do, and what the program said.</summary>
public sealed class CameraException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What kind of failure it counts as.</summary>
    public CameraTrouble Trouble { get; init; }
}
