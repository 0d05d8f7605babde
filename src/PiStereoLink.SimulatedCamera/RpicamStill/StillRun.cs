using PiStereoLink.SimulatedCamera.Metering;
using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.RpicamStill;

/// <summary>rpicam-still's way through a run: it previews, and at each preview frame looks whether it is time for a still.</summary>
internal sealed class StillRun(StillOptions options, Faults faults, StillCamera camera, StillFiles files, Trigger trigger, LibcameraLog log)
{
    // In a timelapse; gives the exposure time to settle after the camera was set up again.
    private const int LeastPreviewFrames = 6;

    /// <summary>Takes the stills and returns the exit code.</summary>
    public int Run()
    {
        camera.Start();
        if (camera.IsToExit)
            return faults.ExitCode;
        var code = options.Immediate ? TakeAtOnce() : TakeAsAsked();
        files.End();
        return code;
    }

    // One picture and no more, whatever the timelapse or the signals.
    private int TakeAtOnce()
    {
        if (!options.Common.Exposure.AllFixed)
            while (camera.Running < LightMeter.Settling)
                NextPreview();
        Take(fromPreview: false);
        return camera.IsToExit ? faults.ExitCode : 0;
    }

    private int TakeAsAsked()
    {
        var sinceTrigger = TimeSpan.Zero;
        var previewed = 0;
        while (true)
        {
            NextPreview();
            previewed++;
            if (trigger.TakeEnd())
                return 0;
            var timedOut = options.Common.Timeout > TimeSpan.Zero && camera.Running > options.Common.Timeout;
            var due = options.Timelapse > TimeSpan.Zero && camera.Running - sinceTrigger > options.Timelapse && previewed >= LeastPreviewFrames;
            var asked = trigger.TakePicture();
            // Only a run that does nothing else takes its picture at the timeout.
            if (timedOut && (options.OnRequest || options.Timelapse > TimeSpan.Zero))
                return 0;
            if (!timedOut && !due && !asked)
                continue;

            sinceTrigger = camera.Running;
            previewed = 0;
            Take(fromPreview: !options.ZeroShutterLag);
            if (camera.IsToExit)
                return faults.ExitCode;
            if (timedOut)
                return 0;
            if (!options.ZeroShutterLag)
                camera.BackToPreview();
        }
    }

    private void Take(bool fromPreview)
    {
        var picture = camera.Shoot(fromPreview);
        // Said when the sensor has delivered; the file comes after it.
        log.Say("Still capture image received");
        files.Save(picture);
    }

    private void NextPreview()
    {
        while (camera.IsStalled)
        {
            Thread.Sleep(1000);
            log.Silence();
        }
        camera.Preview();
    }
}
