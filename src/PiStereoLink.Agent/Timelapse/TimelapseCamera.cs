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

    /// <summary>A program that has to find gain or white balance looks for it with the exposure that is set, before the picture.</summary>
    private const int ExposuresToFind = 3;

    public CameraName Name => stamper.Camera;

    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        var program = StillProgram.For(spec, time);
        using var folder = StillFolder.Beside(Path.Combine(Path.GetTempPath(), "picture.jpg"));
        var (last, limit) = (time.GetTimestamp(), LimitAfter(null) + StallLimit.StartUp);
        try
        {
            while (true)
            {
                await grid.NextAsync(stopping);
                // A clock that was set can move an aligned grid: even then the camera gets what a picture takes.
                var left = limit - time.GetElapsedTime(last);
                var still = await TakeAsync(program, Path.Combine(folder.Path, "picture.jpg"), left > limit - grid.Interval ? left : limit - grid.Interval, stopping);
                (last, limit) = (time.GetTimestamp(), LimitAfter(still));
                frames.PassOn(StillPicture.Stamp(still, stamper), tally, tally.Of(Name));
                File.Delete(still.Path);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped between two pictures, or in the middle of one that nobody will miss.
        }
    }

    private async Task<Still> TakeAsync(StillProgram program, string path, TimeSpan within, CancellationToken stopping)
    {
        using var stall = new CancellationTokenSource(within, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, stall.Token);
        try
        {
            var index = await program.IndexAsync(spec, end.Token);
            return await program.TakeAsync(index, pictures with { Encoding = "jpg" }, Settle, path, end.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new CameraException(
                $"The camera stalled: {program.Name} had taken no picture after {within.TotalSeconds:0} s and was stopped. " +
                "If that happens again, check the ribbon cable and the power supply: `agent doctor` tells of the latter.")
            {
                Trouble = CameraTrouble.Stalled,
            };
        }
    }

    private TimeSpan LimitAfter(Still? still)
    {
        var exposure = StallLimit.Exposure(pictures.ShutterMicroseconds, still?.Metadata?.ExposureMicroseconds);
        return StallLimit.Of(pictures.IsFixed ? exposure : ExposuresToFind * exposure, grid.Interval);
    }
}
