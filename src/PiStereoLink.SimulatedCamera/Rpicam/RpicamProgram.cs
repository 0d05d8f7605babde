using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>What the suite's programs have in common: they fail in one way, answer questions in one way, open cameras in one way.</summary>
internal static class RpicamProgram
{
    private const int Failed = 255;

    /// <summary>Runs a program; any of its exceptions becomes the text between stars and 255.</summary>
    public static int Run(Func<Faults, int> program)
    {
        try
        {
            var faults = Faults.FromEnvironment();
            if (!faults.WrongStack)
                return program(faults);
            // Looked at before the options, and said without stars.
            Console.Error.WriteLine("ERROR: the system appears to be configured for the legacy camera stack");
            return Failed;
        }
        catch (Exception error) when (error is CameraException or OutputException or FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ERROR: *** {error.Message} ***");
            return Failed;
        }
    }

    /// <summary>Answers --help, --version or --list-cameras.</summary>
    public static int Answer(RpicamOptions options, Faults faults, string help)
    {
        options.Generation.Answers.Write(
            options.Help ? help
            : options.Version ? VersionText.Of(options.Generation)
            : faults.NoCamera ? "No cameras available!\n"
            : CameraList.Text(options.Generation));
        return 0;
    }

    /// <summary>Takes the camera, or says why it cannot be had.</summary>
    public static void OpenCamera(RpicamOptions options, Faults faults, LibcameraLog log)
    {
        if (faults.NoCamera)
            throw new CameraException("no cameras available");
        if (faults.Bandwidth)
        {
            log.NoBandwidth();
            throw new CameraException("failed to start camera");
        }
        if (!faults.Busy && Device.TryTake(options.Eye))
            return;
        log.Busy();
        throw new CameraException("failed to acquire camera " + CameraList.IdOf(options.Eye, options.Generation));
    }
}
