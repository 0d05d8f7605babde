using System.Threading.Channels;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// A camera whose frames are stills, one at each place of the grid, straight to the receiver. The grid outlives a failure: when the
/// supervisor starts the camera again, the places that have passed are skipped.
/// </summary>
public sealed class TimelapseCamera(CameraSpec spec, PictureSettings pictures, ShotGrid grid, FrameStamper stamper, Tally tally, TimeProvider time) : ICamera
{
    /// <summary>Exposure and white balance stand after less than a second.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    public CameraName Name => stamper.Camera;

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var program = StillProgram.For(spec, time);
        using var folder = StillFolder.Beside(Path.Combine(Path.GetTempPath(), "picture.jpg"));
        try
        {
            while (true)
            {
                await grid.NextAsync(stopping);
                var index = await program.IndexAsync(spec, stopping);
                var still = await program.TakeAsync(index, pictures with { Encoding = "jpg" }, Settle, Path.Combine(folder.Path, "picture.jpg"), stopping);
                frames.PassOn(StillPicture.Stamp(still, stamper), tally);
                File.Delete(still.Path);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped between two pictures, or in the middle of one that nobody will miss.
        }
    }
}
