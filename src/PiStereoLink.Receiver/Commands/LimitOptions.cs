using System.CommandLine;
using PiStereoLink.Receiver.Link;

namespace PiStereoLink.Receiver.Commands;

/// <summary>The limits that are given on the command line; the others stand in appsettings.json (docs/configuration.md).</summary>
internal sealed class LimitOptions
{
    private readonly Option<int?> connections = new("--max-connections") { Description = "Connections at a time. [default: 2048]", HelpName = "N" };
    private readonly Option<int?> perAddress = new("--max-connections-per-address") { Description = "Connections at a time from one address. [default: 256]", HelpName = "N" };
    private readonly Option<double?> firstFrame = new("--first-frame") { Description = "Drop a peer that has sent no frame after so many seconds; later it may be silent for hours. [default: 300]", HelpName = "SECONDS" };
    private readonly Option<int?> minRate = new("--min-rate") { Description = "Drop a peer whose frame under way brings less, measured over 30 s. [default: 1024]", HelpName = "BYTES/S" };
    private readonly Option<int?> frameMemory = new("--frame-memory") { Description = "Memory of the large frames that are under way at a time; above it they come one by one. [default: 16]", HelpName = "MB" };
    private readonly Option<int?> keptMemory = new("--kept-memory") { Description = "Memory of the newest pictures of unencrypted cameras that nobody looks at. [default: 256]", HelpName = "MB" };
    private readonly Option<int?> nodeQuota = new("--node-quota") { Description = "What the files of one node may take of --store; 0 is no limit. [default: 0]", HelpName = "MB" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { connections, perAddress, firstFrame, minRate, frameMemory, keptMemory, nodeQuota })
            command.Options.Add(option);
    }

    public void Apply(ParseResult parsed, FrameLimits limits)
    {
        limits.MaxConnections = parsed.GetValue(connections) ?? limits.MaxConnections;
        limits.MaxConnectionsPerAddress = parsed.GetValue(perAddress) ?? limits.MaxConnectionsPerAddress;
        limits.FirstFrame = parsed.GetValue(firstFrame) is { } seconds ? TimeSpan.FromSeconds(seconds) : limits.FirstFrame;
        limits.MinBytesPerSecond = parsed.GetValue(minRate) ?? limits.MinBytesPerSecond;
        limits.FrameMegabytes = parsed.GetValue(frameMemory) ?? limits.FrameMegabytes;
        limits.KeptMegabytes = parsed.GetValue(keptMemory) ?? limits.KeptMegabytes;
        limits.NodeMegabytes = parsed.GetValue(nodeQuota) ?? limits.NodeMegabytes;
    }
}
