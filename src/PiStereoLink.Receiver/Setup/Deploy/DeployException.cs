namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>Why a machine was not set up, in one sentence with the next step.</summary>
public sealed class DeployException(string message, Exception? cause = null) : IOException(message, cause);
