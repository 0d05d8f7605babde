using System.Runtime.InteropServices;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>What raspistill and raspivid have in common: how they end, and how they tell that there is no camera.</summary>
internal static class RaspiProgram
{
    public const string NotDetected = "mmal: Camera is not detected. Please check carefully the camera module is installed correctly";

    private const int Usage = 64, Software = 70, OnSignal = 130, WrongStack = 255;

    /// <summary>Runs a program; without any argument it prints its help and calls that wrong usage.</summary>
    public static int Run(string[] args, string help, Func<Faults, int> program)
    {
        Libc.LetSignalKill(Libc.Sigterm);
        Libc.LetSignalKill(Libc.Sigpipe);
        if (args.Length == 0 || args is ["-?"] or ["--help"])
        {
            Console.Out.Write(help);
            return args.Length == 0 ? Usage : 0;
        }
        try
        {
            var faults = Faults.FromEnvironment();
            if (faults.WrongStack)
            {
                Console.Error.WriteLine("ERROR: the system should be configured for the legacy camera stack");
                return WrongStack;
            }
            // Caught from the first line on, and answered by leaving at once.
            using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                if (!faults.IgnoreSigint)
                    Libc.Exit(OnSignal);
            });
            return program(faults);
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return Usage;
        }
        catch (Exception error) when (error is SoftwareException or ArgumentException or IOException)
        {
            Console.Error.WriteLine(error.Message);
            return Software;
        }
    }

    /// <summary>Takes the camera, or says why it cannot be had.</summary>
    public static void OpenCamera(Faults faults)
    {
        if (faults.NoCamera)
            throw new SoftwareException(NotDetected);
        if (faults.Busy)
            throw new SoftwareException("""
                mmal: mmal_vc_component_enable: failed to enable component: ENOSPC
                mmal: camera component couldn't be enabled
                mmal: main: Failed to create camera component
                mmal: Failed to run camera app. Please check for firmware updates
                """);
    }
}
