using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Truth;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>raspistill and raspiyuv: from their arguments to their exit code.</summary>
internal static class StillProgram
{
    public static int Run(string program, string[] args) => RaspiProgram.Run(args, program == "raspiyuv" ? RaspiHelp.RawStill : RaspiHelp.Still, faults =>
    {
        // Caught from the first line on, and forgotten until it waits for them.
        using var trigger = new Trigger();
        trigger.ListenToSignals();
        var options = StillOptions.Parse(program, args);
        RaspiProgram.OpenCamera(faults);
        var common = options.Common;
        var rig = new StereoRig(common.Framing.Width, common.Framing.Height, common.Framing.Roi);
        using var camera = new StillCamera(rig, common.Eye, common.Framing, common.Exposure, faults, TruthFolder.FromEnvironment(rig));
        using var files = new StillFiles(options, camera);
        trigger.Forget();
        return new StillRun(options, faults, camera, files, trigger).Run();
    });
}
