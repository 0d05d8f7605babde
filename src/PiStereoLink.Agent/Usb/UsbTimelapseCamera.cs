using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// A USB camera whose frames are stills, one at each place of the grid. It is opened for each of them, which leaves it to others in
/// between, and films for a moment first: a webcam needs that to find its exposure. The rate is the driver's affair.
/// </summary>
public sealed class UsbTimelapseCamera(string camera, PictureSettings pictures, ShotGrid grid, FrameStamper stamper, Tally tally, TimeProvider time) : ICamera
{
    /// <summary>After settling, a camera that gives nothing for so long gives nothing any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public CameraName Name => stamper.Camera;

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await grid.NextAsync(stopping);
                var frame = await Task.Factory.StartNew(() => Take(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                frames.PassOn(frame, tally, tally.Of(Name));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped between two pictures, or in the middle of one that nobody will miss.
        }
    }

    /// <summary>The first whole picture after settling; what comes before it is looked at by nobody.</summary>
    private Frame Take(CancellationToken stopping)
    {
        using var video = UsbVideo.Open(camera);
        video.Start(video.Choose(pictures));
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < TimelapseCamera.Settle + Patience)
        {
            stopping.ThrowIfCancellationRequested();
            if (video.TryTake(UsbCamera.LookUpMilliseconds, out var picture) != UsbArrival.Whole)
                continue;
            if (time.GetElapsedTime(started) >= TimelapseCamera.Settle)
                return picture.Stamp(stamper, video.Model);
            picture.Bytes.Dispose();
        }
        throw UsbFault.Stalled(camera, TimelapseCamera.Settle + Patience, 0);
    }
}
