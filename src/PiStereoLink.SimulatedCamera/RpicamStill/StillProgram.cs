using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Truth;

namespace PiStereoLink.SimulatedCamera.RpicamStill;

/// <summary>rpicam-still and libcamera-still: from their arguments to their exit code.</summary>
internal static class StillProgram
{
    public static int Run(string program, string[] args) => RpicamProgram.Run(faults =>
    {
        var options = StillOptions.Parse(program, args);
        var common = options.Common;
        var rig = new StereoRig(common.Framing.Width, common.Framing.Height, common.Framing.Roi);
        var truth = TruthFolder.FromEnvironment(rig);
        if (common.AsksOnly)
            return RpicamProgram.Answer(common, faults, StillHelp.Options);

        // Unlike rpicam-vid, it catches neither Ctrl-C nor a reader that went away.
        Libc.LetSignalKill(Libc.Sigterm);
        Libc.LetSignalKill(Libc.Sigpipe);
        if (faults.IgnoreSigint)
            Libc.IgnoreSignal(Libc.Sigint);
        else
            Libc.LetSignalKill(Libc.Sigint);

        var log = new LibcameraLog(common);
        RpicamProgram.OpenCamera(common, faults, log);
        using var camera = new StillCamera(rig, common.Eye, common.Framing, common.Exposure, faults, truth);
        using var files = new StillFiles(options, camera, muteMetadata: faults.NoMetadata);
        using var trigger = new Trigger(number => log.Say($"Received signal {number}"));
        log.Opened();
        // Between opening and configuring: a signal before that kills.
        if (options.Signal)
            trigger.ListenToSignals();
        if (options.Keypress)
            trigger.ListenToKeys();
        log.Configured();
        if (!common.NoPreview)
            log.Say("Preview window unavailable");
        return new StillRun(options, faults, camera, files, trigger, log).Run();
    });
}
