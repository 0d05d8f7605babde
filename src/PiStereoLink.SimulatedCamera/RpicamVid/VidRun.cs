using System.Runtime.InteropServices;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Truth;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>One run of the camera, from its start to the last frame.</summary>
internal sealed class VidRun(VidOptions options, Faults faults, StereoRig rig, TruthFolder? truth, LibcameraLog log) : IDisposable
{
    private const int FloodAtStartBytes = 256 << 10, FloodPerFrameBytes = 4 << 10;

    private static readonly string FloodLine = new('~', 127);

    private readonly ManualResetEvent stop = new(false);
    private readonly CaptureGrid grid = new(options.FramesPerSecond);

    /// <summary>Takes pictures until the timeout, the last frame or SIGINT, and returns the exit code.</summary>
    public int Stream(VideoOutput output, MetadataFile? metadata)
    {
        Libc.DieOfSigterm();
        // Loading the encoder takes as long as rendering does; the machine has two cores or more.
        var loading = Task.Run(() =>
        {
            var jpeg = new Jpeg(options.Width, options.Height, options.Quality);
            jpeg.Encode(new byte[3 * options.Width * options.Height]);
            return jpeg;
        });
        var camera = new Camera(rig, options.Eye);
        using var jpeg = loading.GetAwaiter().GetResult();

        // Only now, as the real one: a SIGINT before the camera has started kills.
        using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSigint);
        if (faults.Chatter)
            output.Write("Running without preview window\n"u8);
        if (!options.NoPreview)
            log.Say("Preview window unavailable");
        Flood(FloodAtStartBytes);
        try
        {
            var code = TakeFrames(camera, jpeg, output, metadata);
            output.End();
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

    public void Dispose() => stop.Dispose();

    private int TakeFrames(Camera camera, Jpeg jpeg, VideoOutput output, MetadataFile? metadata)
    {
        var late = (long)faults.Late.TotalNanoseconds;
        var start = CaptureGrid.NowNanoseconds;
        var index = grid.IndexAt(start);
        byte[] frame = [];
        for (long taken = 0; ; taken++)
        {
            if (options.Frames > 0 && taken == options.Frames)
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
            if (options.Frames == 0 && options.Timeout > TimeSpan.Zero && captured - start > options.Timeout.TotalNanoseconds)
            {
                log.Say($"Halting: reached timeout of {(long)options.Timeout.TotalMilliseconds} milliseconds.");
                return 0;
            }

            if (!(taken >= faults.FrozenAfter) || frame.Length == 0)
                frame = jpeg.Encode(camera.Picture(captured));
            output.Write(taken == faults.HalfAfter ? frame.AsSpan(0, frame.Length / 2) : frame);
            Report(metadata, index, captured);

            if (options.Eye == Eye.Left && index % TruthFolder.Every == 0)
                truth?.PutLeftDepths(captured, camera.Depths(captured));
            if (!options.NoPreview)
                log.Say($"#{taken} ({options.FramesPerSecond:F2} fps) exp 9998.00 ag 2.00 dg 1.00");
            Flood(FloodPerFrameBytes);
        }
    }

    private void Report(MetadataFile? metadata, long index, long captured)
    {
        if (metadata is null)
            return;
        // The same instant on the other clock: what lies between now and then is the same on both.
        var sensorTime = CaptureGrid.SensorNowNanoseconds - (CaptureGrid.NowNanoseconds - captured);
        metadata.Add(Metadata.Of(options.Eye, options, index, captured, sensorTime, grid.PeriodMicroseconds));
    }

    // The real program looks at its signals only when a frame arrives, so a stalled one must be killed.
    private void FallSilent()
    {
        while (true)
        {
            Thread.Sleep(1000);
            log.Silence();
        }
    }

    private void OnSigint(PosixSignalContext context)
    {
        context.Cancel = true;
        log.Say("Received signal 2");
        if (!faults.IgnoreSigint)
            stop.Set();
    }

    private void Flood(int bytes)
    {
        if (!faults.StderrFlood)
            return;
        for (var written = 0; written < bytes; written += FloodLine.Length + 1)
            Console.Error.WriteLine(FloodLine);
    }
}
