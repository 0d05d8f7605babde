using System.Threading.Channels;
using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>The two eyes of a rig whose pictures come from this machine. For one thread.</summary>
public sealed class EyeWriter(LocalCamera left, LocalCamera right)
{
    /// <summary>Broken pictures left out.</summary>
    public long Broken { get; private set; }

    /// <summary>Passes one eye's picture on as it came; a broken one is left out and counted.</summary>
    public async ValueTask WriteAsync(ChannelWriter<Frame> frames, StereoEye eye, Mat picture, (int Width, int Height)? crop, CaptureMoment moment, CancellationToken stopping)
    {
        if (SourcePicture.Of(picture, crop) is { } whole)
            await WriteAsync(frames, eye, whole.Jpeg, moment, stopping);
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
        using (leftHalf)
        using (rightHalf)
        {
            await WriteAsync(frames, StereoEye.Left, SourcePicture.Encode(leftHalf, options.Crop).Jpeg, moment, stopping);
            await WriteAsync(frames, StereoEye.Right, SourcePicture.Encode(rightHalf, options.Crop).Jpeg, moment, stopping);
        }
    }

    /// <summary>Passes a JPEG on, which the frame owns from here on.</summary>
    public async ValueTask WriteAsync(ChannelWriter<Frame> frames, StereoEye eye, FrameBuffer jpeg, CaptureMoment moment, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var frame = (eye == StereoEye.Left ? left : right).Frame(jpeg, moment);
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

    public static StereoEye Other(StereoEye eye) => eye == StereoEye.Left ? StereoEye.Right : StereoEye.Left;
}
