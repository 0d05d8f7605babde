using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Truth;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>raspivid's and raspividyuv's way through a run: a bit rate instead of a quality, or no encoding, and few words.</summary>
internal sealed class VidRun(VidOptions options, Faults faults, StereoRig rig, TruthFolder? truth) : FrameLoop(options.Plan, faults, truth)
{
    private const int BestQuality = 95, WorstQuality = 5, QualityStep = 10;

    private bool settledSaid;

    /// <summary>Takes frames to the end and returns the exit code.</summary>
    public int Stream(Func<IFrameEncoder, IFrameSink> outputFor)
    {
        var framing = options.Common.Framing;
        var (camera, first) = Prepare(rig, () => options.RawEncoding is { } raw ? new RawVideo(options.Common.Buffers, raw)
            : options.H264 is { } h264 ? new H264(framing, h264)
            : WarmJpeg(BestQuality));
        using var encoder = first is Jpeg ? JpegFor(camera.Picture(0, Tone.Neutral)) : first;
        if (encoder != first)
            first.Dispose();
        using var output = outputFor(encoder);
        return TakeFrames(camera, encoder, output);
    }

    /// <summary>SIGUSR1: the end of a circular buffer that is being filled, else a pause or its end.</summary>
    public void Signalled()
    {
        if (options.Circular && !IsPaused)
            Stop();
        else
            TogglePause();
    }

    protected override bool HidesPauses => false;

    protected override void Took(long number, long captured, Reading reading)
    {
        // Said when it changes; the first frame and the settled one are enough to freeze by.
        if (options.Common.PrintSettings && (number == 0 || !settledSaid && reading.Locked))
            Console.Error.WriteLine(Settings.Text(reading));
        settledSaid |= reading.Locked;
    }

    // A GPU that has lost its sensor says nothing at all.
    protected override void Silent()
    {
    }

    // The best quality whose frames fit into the bit rate.
    private Jpeg JpegFor(byte[] picture)
    {
        var frameBytes = options.BitsPerSecond / 8 / options.FramesPerSecond;
        for (var quality = BestQuality; ; quality -= QualityStep)
        {
            var jpeg = new Jpeg(options.Common.Framing.Width, options.Common.Framing.Height, quality);
            if (quality - QualityStep < WorstQuality || jpeg.Encode(picture).Length <= frameBytes)
                return jpeg;
            jpeg.Dispose();
        }
    }
}
