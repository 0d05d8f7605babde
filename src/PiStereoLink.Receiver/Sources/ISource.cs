using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Sources;

/// <summary>Gives the frames of two eyes until it ends, fails or is stopped; whoever runs it runs it again.</summary>
public interface ISource
{
    /// <summary>What it is, for sentences.</summary>
    string Name { get; }

    /// <exception cref="IOException">It cannot be opened, or it has ended; the message says which and what to do.</exception>
    Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping);
}
