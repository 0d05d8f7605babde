using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Pairing;

/// <summary>A left and a right frame of the same moment; it owns a reference to both.</summary>
/// <param name="Number">Counts the pairs of one rig from 1.</param>
/// <param name="PairedAt">When it was found, as <see cref="TimeProvider.GetTimestamp"/> gives it.</param>
public sealed record FramePair(long Number, Frame Left, Frame Right, long PairedAt) : IDisposable
{
    /// <summary>Time of capture of the left frame, UTC.</summary>
    public DateTime CapturedAt => Left.CapturedAt;

    /// <summary>How much later the right frame was taken; negative when it was earlier.</summary>
    public TimeSpan Skew => Right.CapturedAt - Left.CapturedAt;

    /// <summary>True when a frame without a stamp is among them: it counts as taken when it arrived, so the pair is only as true as the network is quick.</summary>
    public bool IsByArrival => Left.Stamp is null || Right.Stamp is null;

    /// <summary>
    /// <see cref="Skew"/> may be off by so much: what is not known of both clocks together. Null when nobody knows: frames without a stamp, or
    /// of two Pis whose clocks have not both been compared with the receiver's.
    /// </summary>
    public TimeSpan? SkewError => (Left.Stamp, Right.Stamp) is ({ Clock: var left } one, { Clock: var right } other) && left.Source == right.Source
        && (left.Source == ClockSource.Receiver || one.Camera.Node == other.Camera.Node)
            ? TimeSpan.FromMicroseconds(Math.Min((left.ErrorMicroseconds ?? 0L) + (right.ErrorMicroseconds ?? 0L), long.MaxValue / TimeSpan.TicksPerMicrosecond)) : null;

    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
    }
}
