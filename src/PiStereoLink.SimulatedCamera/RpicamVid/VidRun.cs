using System.Runtime.InteropServices;
using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Truth;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>rpicam-vid's way through a run: its signals, its words, its metadata.</summary>
internal sealed class VidRun(VidOptions options, Faults faults, StereoRig rig, TruthFolder? truth, LibcameraLog log)
    : FrameLoop(options.Plan, faults, truth)
{
    private readonly List<PosixSignalRegistration> signals = [];
    private MetadataFile? metadata;

    /// <summary>Takes frames to the end and returns the exit code.</summary>
    public int Stream(IFrameSink output, MetadataFile? into)
    {
        metadata = into;
        Libc.LetSignalKill(Libc.Sigterm);
        var (camera, encoder) = Prepare(rig, () => options.Codec switch
        {
            "h264" => new H264(options.Common.Framing, options.H264),
            "yuv420" => new RawVideo(options.Raw, options.Codec),
            _ => WarmJpeg(options.Quality),
        });
        using (encoder)
        {
            // Only now, as the real one: a signal before the camera has started kills.
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSigint));
            if (options.Signal)
            {
                signals.Add(PosixSignalRegistration.Create((PosixSignal)Libc.Sigusr1, OnSigusr1));
                signals.Add(PosixSignalRegistration.Create((PosixSignal)Libc.Sigusr2, OnSigusr2));
            }
            if (!options.Common.NoPreview)
                log.Say("Preview window unavailable");
            try
            {
                var code = TakeFrames(camera, encoder, output);
                metadata?.End();
                return code;
            }
            catch (OutputException error)
            {
                // The real one throws in its encoder's thread, where nobody catches.
                Console.Error.WriteLine($"terminate called after throwing an instance of 'std::runtime_error'\n  what():  {error.Message}");
                Libc.Abort();
                throw;
            }
        }
    }

    public override void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        base.Dispose();
    }

    protected override void TimedOut() => log.Say($"Halting: reached timeout of {(long)options.Common.Timeout.TotalMilliseconds} milliseconds.");

    protected override void Silent() => log.Silence();

    protected override void Took(long number, long captured, Reading reading)
    {
        if (options.HasFrameOutput)
            metadata?.Add(Metadata.Of(options.Common.Framing, reading, captured, PeriodMicroseconds));
        if (!options.Common.NoPreview)
            log.Say($"#{number} ({options.FramesPerSecond:F2} fps) exp {reading.ExposureMicroseconds:F2} ag {reading.AnalogueGain:F2} dg {reading.DigitalGain:F2}");
    }

    private void OnSigint(PosixSignalContext context)
    {
        context.Cancel = true;
        log.Say("Received signal 2");
        if (!IgnoresSigint)
            Stop();
    }

    private void OnSigusr1(PosixSignalContext context)
    {
        context.Cancel = true;
        log.Say("Received signal 10");
        TogglePause();
    }

    private void OnSigusr2(PosixSignalContext context)
    {
        context.Cancel = true;
        log.Say("Received signal 12");
        Stop();
    }
}
