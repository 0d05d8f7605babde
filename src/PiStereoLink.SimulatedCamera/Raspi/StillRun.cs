using PiStereoLink.SimulatedCamera.Still;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>raspistill's way through a run: it waits for the next picture in one of four ways, takes it, and so on.</summary>
internal sealed class StillRun(StillOptions options, Faults faults, StillCamera camera, StillFiles files, Trigger trigger)
{
    // Before the first picture of a timelapse.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private TimelapseGrid? grid;

    /// <summary>Takes the pictures and returns the exit code.</summary>
    public int Run()
    {
        camera.Start();
        PrintSettings();
        var start = CaptureGrid.NowNanoseconds;
        for (var goOn = true; goOn;)
        {
            if (camera.IsToExit)
                return faults.ExitCode;
            // Looked at before the wait and not after it: the picture that is waited for is still taken.
            goOn = options.Timeout == TimeSpan.Zero || CaptureGrid.NowNanoseconds - start < options.Timeout.TotalNanoseconds;
            var number = camera.Taken;
            if (options.Timelapse > TimeSpan.Zero)
                number = WaitForGrid();
            else if (options.Signal)
                goOn = WaitForSignal() && goOn;
            else if (options.Timeout > TimeSpan.Zero)
                goOn = WaitForTimeout(start);
            else
                Thread.Sleep(Timeout.Infinite);
            FallSilent();

            PrintSettings();
            files.Save(camera.Shoot(fromPreview: !options.Burst || camera.Taken == 0), number);
            if (goOn && !options.Burst)
                camera.BackToPreview();
        }
        return camera.IsToExit ? faults.ExitCode : 0;
    }

    private long WaitForGrid()
    {
        if (grid is null)
            camera.WaitUntil(CaptureGrid.NowNanoseconds + (long)Settle.TotalNanoseconds);
        grid ??= new(CaptureGrid.NowNanoseconds, (long)options.Timelapse.TotalNanoseconds);
        var (at, complaint) = grid.Next(CaptureGrid.NowNanoseconds);
        if (complaint is not null)
            Console.Error.WriteLine(complaint);
        camera.WaitUntil(at);
        return grid.Number;
    }

    // SIGUSR2 takes a picture too, the last one.
    private bool WaitForSignal()
    {
        while (true)
        {
            if (trigger.TakeEnd())
                return false;
            if (trigger.TakePicture())
                break;
            trigger.Wait();
        }
        camera.WaitUntil(CaptureGrid.NowNanoseconds);
        return true;
    }

    private bool WaitForTimeout(long start)
    {
        camera.WaitUntil(start + (long)options.Timeout.TotalNanoseconds);
        return false;
    }

    // A GPU that has lost its sensor says nothing at all.
    private void FallSilent()
    {
        if (camera.IsStalled)
            Thread.Sleep(Timeout.Infinite);
    }

    private void PrintSettings()
    {
        if (options.Common.PrintSettings)
            Console.Error.WriteLine(Settings.Text(camera.Reading));
    }
}
