using System.Net;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Link;

/// <summary>Where frames come in.</summary>
public sealed class FramePortOptions
{
    /// <summary>Address of the frame port; 8000 is the picamera recipe's.</summary>
    public IPEndPoint Listen { get; set; } = new(IPAddress.Any, 8000);

    /// <summary>True: there is no plain port; frames come in by TLS only.</summary>
    public bool IsOff { get; init; }

    /// <summary>The address in use once the server has started; it differs from <see cref="Listen"/> when that asks for port 0.</summary>
    public IPEndPoint Bound { get => field ?? Listen; internal set; }

    /// <summary>Largest frame taken, in bytes.</summary>
    public int MaxFrameBytes { get; set; } = FrameReader.DefaultMaxFrameBytes;

    /// <summary>What peers may ask of the receiver.</summary>
    public FrameLimits Limits { get; init; } = new();

    /// <summary>How often a peer that wants idle lines gets one while nothing else is to be told: a dead link shows within two of them.</summary>
    public TimeSpan IdleLines { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a peer may leave its acknowledgements unread before it is dropped.</summary>
    public TimeSpan UnreadLines { get; set; } = TimeSpan.FromSeconds(10);
}
