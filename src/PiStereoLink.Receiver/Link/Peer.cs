using System.Net;
using System.Security.Cryptography;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Link;

/// <summary>What one connection remembers.</summary>
internal sealed class Peer(IPAddress? address, string endPoint, PairedNode? paired)
{
    private readonly Dictionary<string, long> refusedBeforeName = [];

    public IPAddress? Address => address;

    public string EndPoint => endPoint;

    /// <summary>Whose key it has shown; null on the plain port.</summary>
    public PairedNode? Paired => paired;

    /// <summary>Looks whether its name may still be used; null until it has one.</summary>
    public IDisposable? Watched { get; set; }

    /// <summary>Stands for the run in the identity of frames without a stamp.</summary>
    public uint Run { get; } = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    /// <summary>The camera that the connection carries, once a frame has named it.</summary>
    public Camera? Camera { get; private set; }

    /// <summary>Where acknowledgements go; null for a peer that has not asked, which is never written to.</summary>
    public AckLines? Acks { get; set; }

    /// <summary>The last stamp of this camera: names in the next one are most likely the same.</summary>
    public Stamp LastStamp { get; set; }

    public ulong Frames { get; set; }

    public ulong Refused { get; private set; }

    public void Is(Camera camera)
    {
        Camera = camera;
        foreach (var (reason, count) in refusedBeforeName)
            camera.CountDropped(reason, count);
        Acks?.CountFor(camera);
    }

    public void CountRefused(string reason)
    {
        Refused++;
        if (Camera is not null)
            Camera.CountDropped(reason);
        else
            refusedBeforeName[reason] = refusedBeforeName.GetValueOrDefault(reason) + 1;
    }
}
