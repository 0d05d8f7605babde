using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Truth;

namespace PiStereoLink.SimulatedCamera.Video;

/// <summary>One run of a video program: frames on the grid, faults among them, until something ends it.</summary>
internal abstract class FrameLoop(VideoPlan plan, Faults faults, TruthFolder? truth) : IDisposable
{
    private readonly ManualResetEvent stop = new(false);
    private readonly CaptureGrid grid = new(plan.FramesPerSecond);
    private readonly FrameTimes times = new();
    private volatile bool paused = plan.StartPaused;

    /// <summary>A fault: the run goes on after SIGINT.</summary>
    protected bool IgnoresSigint => faults.IgnoreSigint;

    protected long PeriodMicroseconds => grid.PeriodMicroseconds;

    /// <summary>Renders the room and warms the encoder, which takes most of the time of a start.</summary>
    protected (Camera Camera, IFrameEncoder Encoder) Prepare(StereoRig rig, Func<IFrameEncoder> encoder)
    {
        // Loading the encoder takes as long as rendering does; the machine has two cores or more.
        var loading = Task.Run(encoder);
        return (new Camera(rig, plan.Eye, plan.Framing), loading.GetAwaiter().GetResult());
    }

    /// <summary>An encoder that is loaded and has seen a picture.</summary>
    protected Jpeg WarmJpeg(int quality)
    {
        var jpeg = new Jpeg(plan.Framing.Width, plan.Framing.Height, quality);
        jpeg.Encode(new byte[3 * plan.Framing.Width * plan.Framing.Height]);
        return jpeg;
    }

    /// <summary>Whether the times go on after a pause as if there had been none.</summary>
    protected virtual bool HidesPauses => true;

    /// <summary>Takes frames until the timeout, the last frame or a stop, and returns the exit code.</summary>
    protected int TakeFrames(Camera camera, IFrameEncoder encoder, IFrameSink output)
    {
        var code = TakeEachFrame(camera, encoder, output);
        output.End();
        return code;
    }

    private int TakeEachFrame(Camera camera, IFrameEncoder encoder, IFrameSink output)
    {
        if (faults.Chatter)
            Chatter();
        faults.FloodAtStart();
        var late = (long)faults.Late.TotalNanoseconds;
        var start = CaptureGrid.NowNanoseconds;
        var meter = new LightMeter(plan.Exposure, plan.Eye, PeriodMicroseconds - 20);
        var index = grid.IndexAt(start);
        byte[] picture = [], before = [];
        for (long taken = 0; ;)
        {
            if (plan.Frames > 0 && taken == plan.Frames)
                return 0;
            if (taken == faults.ExitAfter)
                return faults.ExitCode;
            if (taken == faults.StallAfter)
                FallSilent();

            // The next instant; or, when encoding or the reader took too long, the next one still to come.
            index = Math.Max(index, grid.IndexAt(CaptureGrid.NowNanoseconds - late)) + 1;
            var captured = grid.TimeOf(index);
            if (!CaptureGrid.WaitUntil(captured + late, stop))
                return 0;
            if (plan.Frames == 0 && plan.Timeout > TimeSpan.Zero && captured - start > plan.Timeout.TotalNanoseconds)
            {
                TimedOut();
                return 0;
            }
            var reading = meter.At(TimeSpan.FromMicroseconds((captured - start) / 1000), index);
            if (taken >= faults.TwoPicturesAfter && before.Length > 0)
                (picture, before) = (before, picture);
            else if (!(taken >= faults.FrozenAfter) || picture.Length == 0)
            {
                before = faults.TwoPicturesAfter is null ? [] : (byte[])picture.Clone();
                picture = camera.Picture(captured, reading.Tone);
            }
            var bytes = encoder.Encode(picture);
            if (times.Next(paused, encoder.IsKey, captured / 1000, HidesPauses) is not { } at)
                continue;
            output.Put(new(taken == faults.HalfAfter ? bytes.AsMemory(0, bytes.Length / 2) : bytes, encoder.IsKey, at.IsRestart, at.Microseconds));
            Took(taken, captured, reading);

            if (plan.Eye == Eye.Left && index % TruthFolder.Every == 0)
                truth?.PutLeftDepths(captured, camera.Depths(captured));
            faults.FloodPerFrame();
            taken++;
        }
    }

    private static void Chatter()
    {
        using var stdout = new VideoOutput("-", flush: true);
        stdout.Write("Running without preview window\n"u8);
    }

    /// <summary>Ends the run before its next frame.</summary>
    public void Stop() => stop.Set();

    public bool IsPaused => paused;

    /// <summary>Pauses a run that records, and resumes one that is paused.</summary>
    public void TogglePause() => paused = !paused;

    /// <summary>The time is over.</summary>
    protected virtual void TimedOut()
    {
    }

    /// <summary>A frame was written.</summary>
    protected virtual void Took(long number, long captured, Reading reading)
    {
    }

    /// <summary>Another second without a frame from the sensor.</summary>
    protected abstract void Silent();

    public virtual void Dispose() => stop.Dispose();

    // The real programs look at their signals only when a frame arrives, so a stalled one must be killed.
    private void FallSilent()
    {
        while (true)
        {
            Thread.Sleep(1000);
            Silent();
        }
    }
}
