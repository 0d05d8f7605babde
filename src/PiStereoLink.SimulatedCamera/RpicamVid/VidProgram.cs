using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Rpicam;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Truth;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>rpicam-vid and libcamera-vid: from their arguments to their exit code.</summary>
internal static class VidProgram
{
    public static int Run(string program, string[] args) => RpicamProgram.Run(faults =>
    {
        var options = VidOptions.Parse(program, args);
        var framing = options.Common.Framing;
        var rig = new StereoRig(framing.Width, framing.Height, framing.Roi);
        var truth = TruthFolder.FromEnvironment(rig);
        if (options.Common.AsksOnly)
            return RpicamProgram.Answer(options.Common, faults, VidHelp.Options);

        var log = new LibcameraLog(options.Common);
        RpicamProgram.OpenCamera(options.Common, faults, log);
        // The order of the real one: files are opened before the camera starts.
        using var output = OutputOf(options, log);
        using var metadata = options.Common.Metadata is { } path ? new MetadataFile(path, options.Common.MetadataAsText, mute: faults.NoMetadata) : null;
        log.Opened();
        log.Configured();
        using var run = new VidRun(options, faults, rig, truth, log);
        return run.Stream(output, metadata);
    });

    private static IFrameSink OutputOf(VidOptions options, LibcameraLog log)
    {
        var (path, flush) = (options.Common.Output, options.Common.Flush);
        var pts = options.SavePts is { } times ? new PtsFile(times, flush) : null;
        return options.CircularMegabytes > 0
            ? new CircularFrames(path, (long)options.CircularMegabytes << 20, pts, () => [], text => log.Say(text))
            : new FrameFiles(number => path is null or "-" ? path : FileNames.Numbered(path, options.Wrap > 0 ? number % options.Wrap : number), options.Segments, flush, pts);
    }
}
