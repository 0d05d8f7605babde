using System.Threading.Channels;
using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>The two eyes of a rig whose pictures come from this machine. For one thread.</summary>
public sealed class EyeWriter(LocalCamera left, LocalCamera right)
{
    private ulong turns;

    /// <summary>Broken pictures left out.</summary>
    public long Broken { get; private set; }

    /// <summary>Passes on what two devices took in one turn, as it came; a broken picture is left out and counted, and its partner stays alone.</summary>
    public async ValueTask PairAsync(
        ChannelWriter<Frame> frames, (Mat Picture, CaptureMoment Moment) left, (Mat Picture, CaptureMoment Moment) right, (int Width, int Height)? crop, CancellationToken stopping)
    {
        turns++;
        foreach (var (eye, (picture, moment)) in new[] { (StereoEye.Left, left), (StereoEye.Right, right) })
            if (SourcePicture.Of(picture, crop) is { } whole)
                await WriteAsync(frames, eye, whole.Jpeg, moment, turns, stopping);
            else
                Broken++;
    }

    /// <summary>Cuts a frame with two eyes in it and passes both on, of one moment.</summary>
    /// <exception cref="InvalidDataException">The layout has no frame of this size.</exception>
    public async ValueTask SplitAsync(ChannelWriter<Frame> frames, Mat pixels, StereoLayout layout, SourceOptions options, CaptureMoment moment, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(options);
        var first = options.Swap ? Other(layout.First) : layout.First;
        var (leftHalf, rightHalf) = layout.Split(pixels, first);
        turns++;
        using (leftHalf)
        using (rightHalf)
        {
            await WriteAsync(frames, StereoEye.Left, SourcePicture.Encode(leftHalf, options.Crop).Jpeg, moment, turns, stopping);
            await WriteAsync(frames, StereoEye.Right, SourcePicture.Encode(rightHalf, options.Crop).Jpeg, moment, turns, stopping);
        }
    }

    /// <summary>Passes a JPEG on, which the frame owns from here on.</summary>
    public ValueTask WriteAsync(ChannelWriter<Frame> frames, StereoEye eye, FrameBuffer jpeg, CaptureMoment moment, CancellationToken stopping) =>
        WriteAsync(frames, eye, jpeg, moment, turn: null, stopping);

    public static StereoEye Other(StereoEye eye) => eye == StereoEye.Left ? StereoEye.Right : StereoEye.Left;

    private async ValueTask WriteAsync(ChannelWriter<Frame> frames, StereoEye eye, FrameBuffer jpeg, CaptureMoment moment, ulong? turn, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var frame = (eye == StereoEye.Left ? left : right).Frame(jpeg, moment, turn);
        try
        {
            await frames.WriteAsync(frame, stopping);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }
}
