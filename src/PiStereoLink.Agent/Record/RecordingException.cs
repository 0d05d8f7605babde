namespace PiStereoLink.Agent;

/// <summary>The pictures come and cannot be kept: the disk is full, say. The message is a whole sentence.</summary>
public sealed class RecordingException(string message, Exception? cause = null) : Exception(message, cause)
{
    internal static RecordingException Of(string path, Exception cause) => new($"{path} cannot be written: {cause.Message.TrimEnd('.')}.", cause);
}
