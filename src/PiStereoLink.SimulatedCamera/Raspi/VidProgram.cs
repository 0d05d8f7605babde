using System.Runtime.InteropServices;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Truth;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>raspivid: from its arguments to its exit code.</summary>
internal static class VidProgram
{
    public static int Run(string[] args) => RaspiProgram.Run(args, RaspiHelp.Video, faults =>
    {
        var options = VidOptions.Parse(args);
        RaspiProgram.OpenCamera(faults);
        var framing = options.Common.Framing;
        var rig = new StereoRig(framing.Width, framing.Height, framing.Roi);
        using var output = new VideoOutput(options.Common.Output, options.Flush);
        using var run = new VidRun(options, faults, rig, TruthFolder.FromEnvironment(rig));
        // Never fatal, and heard only with -s.
        using var sigusr1 = PosixSignalRegistration.Create((PosixSignal)Libc.Sigusr1, context =>
        {
            context.Cancel = true;
            if (options.Signal)
                run.TogglePause();
        });
        return run.Stream(output);
    });
}
