using System.Security.Cryptography;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Sources;

/// <summary>When a picture was taken.</summary>
/// <param name="Utc">By this machine's clock.</param>
/// <param name="ErrorMicroseconds">Bound of its error towards the other eye; 0 where both came in one frame, null where it is the time of arrival.</param>
public readonly record struct CaptureMoment(DateTime Utc, long? ErrorMicroseconds);

/// <summary>One eye of a source of this machine: names its frames and counts them. For one thread.</summary>
public sealed class LocalCamera(CameraName name)
{
    /// <summary>Tells the frames of this start of the program from those of another; the store's names hold it.</summary>
    private static readonly uint Run = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    private readonly uint source = FrameIdentity.SourceOf("local", name);
    private ulong frames;

    public CameraName Name => name;

    /// <summary>Makes a frame of a JPEG, which it owns from here on. A time that is known is told as a stamp is, without being written into the picture.</summary>
    /// <param name="turn">Its number, where the other eye's of the same turn has it too; null counts on.</param>
    public Frame Frame(FrameBuffer jpeg, CaptureMoment moment, ulong? turn = null)
    {
        frames = turn ?? frames + 1;
        var identity = new FrameIdentity(source, Run, frames);
        Stamp? stamp = moment.ErrorMicroseconds is { } error
            ? new Stamp { Camera = name, Identity = identity, CapturedAt = moment.Utc, Clock = new ClockState(ClockSource.Receiver, 0, error) }
            : null;
        return new Frame(name, identity, moment.Utc, stamp, jpeg);
    }
}
