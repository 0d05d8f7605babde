namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>A machine that cannot be reached or used by ssh, in one sentence with the next step.</summary>
public sealed class SshException(SshFault fault, string message) : IOException(message)
{
    public SshFault Fault { get; } = fault;
}
