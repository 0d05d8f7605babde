using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Picture;
using PiStereoLink.SimulatedCamera.Truth;

namespace PiStereoLink.SimulatedCamera.Still;

/// <summary>A camera that previews and, when told, takes a still: with the times that this takes a real one.</summary>
internal sealed class StillCamera(StereoRig rig, Eye eye, Framing framing, ExposureSettings exposure, Faults faults, TruthFolder? truth) : IDisposable
{
    // The IMX219 previews at 30 frames a second and reads its whole picture 21 times a second.
    private const double PreviewFramesPerSecond = 30, WholeFramesPerSecond = 21.19;
    private const long LongestMicroseconds = 1_000_000_000;

    // A preview that is torn down for a still, or set up again after it: a Pi takes one to three tenths of a second.
    private static readonly TimeSpan ModeSwitch = TimeSpan.FromMilliseconds(100);

    private readonly Camera camera = new(rig, eye, framing);
    private readonly LightMeter meter = new(exposure, eye, LongestMicroseconds);
    private readonly CaptureGrid grid = new(PreviewFramesPerSecond);
    private readonly ManualResetEvent never = new(false);
    private long started, now;
    private byte[]? frozen;

    /// <summary>Stills taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Since the camera's start, by its frames.</summary>
    public TimeSpan Running => TimeSpan.FromMicroseconds((now - started) / 1000);

    /// <summary>The exposure as it is now.</summary>
    public Reading Reading => meter.At(Running, grid.IndexAt(now));

    /// <summary>A fault: this many stills were all.</summary>
    public bool IsToExit => Taken == faults.ExitAfter;

    /// <summary>A fault: the sensor has fallen silent.</summary>
    public bool IsStalled => Taken == faults.StallAfter;

    /// <summary>The sensor begins to send frames.</summary>
    public void Start()
    {
        if (faults.Chatter)
            Console.Out.Write("Running without preview window\n");
        faults.FloodAtStart();
        started = now = CaptureGrid.NowNanoseconds;
    }

    /// <summary>Waits for a preview frame. A long shutter makes long frames.</summary>
    public void Preview() => Frame(PreviewFramesPerSecond);

    /// <summary>Waits for a time on the wall clock in nanoseconds.</summary>
    public void WaitUntil(long nanoseconds)
    {
        CaptureGrid.WaitUntil(nanoseconds, never);
        now = Math.Max(now, CaptureGrid.NowNanoseconds);
    }

    /// <summary>Takes a still.</summary>
    /// <param name="fromPreview">The preview has to be torn down for it.</param>
    public StillPicture Shoot(bool fromPreview)
    {
        if (fromPreview)
            SwitchMode();
        Frame(WholeFramesPerSecond);
        var captured = now;
        var reading = Reading;
        var pixels = camera.Picture(captured, reading.Tone);
        if (Taken >= faults.FrozenAfter)
            pixels = frozen ??= (byte[])pixels.Clone();
        if (eye == Eye.Left)
            truth?.PutLeftDepths(captured, camera.Depths(captured));
        WaitUntil(captured + (long)(faults.Late + faults.SlowStill).TotalNanoseconds);
        faults.FloodPerFrame();
        return new(Taken++, pixels, reading, captured, (long)FrameTime(WholeFramesPerSecond).TotalMicroseconds);
    }

    /// <summary>The preview is set up again after a still.</summary>
    public void BackToPreview() => SwitchMode();

    /// <summary>A fault: of this still's bytes only a half is written.</summary>
    public byte[] Broken(StillPicture picture, byte[] bytes) => picture.Number == faults.HalfAfter ? bytes[..(bytes.Length / 2)] : bytes;

    public void Dispose() => never.Dispose();

    private void SwitchMode() => WaitUntil(CaptureGrid.NowNanoseconds + (long)ModeSwitch.TotalNanoseconds);

    // Frames end on the grid, so that stills of two eyes asked for at one moment are of one instant.
    private void Frame(double framesPerSecond)
    {
        var end = grid.InstantFrom(CaptureGrid.NowNanoseconds + (long)FrameTime(framesPerSecond).TotalNanoseconds);
        CaptureGrid.WaitUntil(end, never);
        now = end;
    }

    private TimeSpan FrameTime(double framesPerSecond)
    {
        var usual = TimeSpan.FromSeconds(1 / framesPerSecond);
        return exposure.Shutter is { } shutter && shutter > usual ? shutter : usual;
    }
}
