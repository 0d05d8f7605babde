namespace PiStereoLink.Protocol;

/// <summary>Why a stream of frames cannot be read on.</summary>
public enum FrameError
{
    /// <summary>A length outside the limits: the peer speaks another protocol or has lost step.</summary>
    Length,

    /// <summary>The payload does not begin with FF D8.</summary>
    NotJpeg,

    /// <summary>The stream ended inside a header or a payload.</summary>
    Truncated,
}

/// <summary>The peer broke the framing: the connection is closed, never resynchronised. The message says what came and what was allowed.</summary>
public sealed class FrameProtocolException(FrameError error, string message) : Exception(message)
{
    public FrameError Error { get; } = error;
}
