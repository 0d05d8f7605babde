using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Truth;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>rpicam-vid: from its arguments to its exit code.</summary>
internal static class VidProgram
{
    private const int Failed = 255;

    public static int Run(string[] args)
    {
        try
        {
            return Run(VidOptions.Parse(args), Faults.FromEnvironment());
        }
        catch (Exception error) when (error is CameraException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ERROR: *** {error.Message} ***");
            return Failed;
        }
    }

    private static int Run(VidOptions options, Faults faults)
    {
        var rig = new StereoRig(options.Width, options.Height);
        var truth = TruthFolder.FromEnvironment(rig);
        if (options.Help || options.Version || options.ListCameras)
        {
            Console.Out.Write(
                options.Help ? VidHelp.Options
                : options.Version ? VidHelp.Version
                : faults.NoCamera ? "No cameras available!\n"
                : CameraList.Text());
            return 0;
        }

        var log = new LibcameraLog(options.Verbosity);
        if (faults.NoCamera)
            throw new CameraException("no cameras available");
        if (faults.Busy)
        {
            log.Busy();
            throw new CameraException("failed to acquire camera " + CameraList.IdOf(options.Eye));
        }

        // The order of the real one: files are opened before the camera.
        using var output = new VideoOutput(options.Output, options.Flush);
        using var metadata = options.Metadata is { } path ? new MetadataFile(path, options.MetadataAsText, mute: faults.NoMetadata) : null;
        log.Starting(options);
        using var run = new VidRun(options, faults, rig, truth, log);
        return run.Stream(output, metadata);
    }
}
