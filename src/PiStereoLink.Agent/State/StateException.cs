namespace PiStereoLink.Agent;

/// <summary>The state folder cannot be used. The message says why and what to do.</summary>
public sealed class StateException(string message, Exception? cause = null) : Exception(message, cause);
