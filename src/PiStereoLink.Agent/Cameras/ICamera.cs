using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Anything that takes pictures.</summary>
public interface ICamera
{
    CameraName Name { get; }

    /// <summary>Takes pictures until stopped, then returns; throws when it cannot go on. The supervisor calls it again.</summary>
    Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping);
}
