using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>The other end is not the receiver that this Pi is paired with, or does not take this Pi for one that it knows. The message says what to do.</summary>
public sealed class TrustException(string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>The key that the other end has shown, where that was the matter.</summary>
    public Pin? OtherKey { get; init; }
}
