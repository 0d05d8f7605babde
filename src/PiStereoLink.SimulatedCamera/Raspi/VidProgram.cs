using System.Runtime.InteropServices;
using PiStereoLink.SimulatedCamera.Optics;
using PiStereoLink.SimulatedCamera.Still;
using PiStereoLink.SimulatedCamera.Truth;
using PiStereoLink.SimulatedCamera.Video;

namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>raspivid and raspividyuv: from their arguments to their exit code.</summary>
internal static class VidProgram
{
    public static int Run(string program, string[] args) => RaspiProgram.Run(args, program == "raspividyuv" ? RaspiHelp.RawVideo : RaspiHelp.Video, faults =>
    {
        var options = program == "raspividyuv" ? VidOptions.ParseRaw(args) : VidOptions.Parse(args);
        RaspiProgram.OpenCamera(faults);
        var framing = options.Common.Framing;
        var rig = new StereoRig(framing.Width, framing.Height, framing.Roi);
        if (options.CircularComplaint is { } complaint)
        {
            Console.Error.WriteLine(complaint);
            return 0;
        }
        using var run = new VidRun(options, faults, rig, TruthFolder.FromEnvironment(rig));
        // Never fatal, and heard only with -s.
        using var sigusr1 = PosixSignalRegistration.Create((PosixSignal)Libc.Sigusr1, context =>
        {
            context.Cancel = true;
            if (options.Signal)
                run.Signalled();
        });
        return run.Stream(encoder => OutputOf(options, encoder));
    });

    private static IFrameSink OutputOf(VidOptions options, IFrameEncoder encoder)
    {
        var pts = options.SavePts is { } times ? new PtsFile(NameOf(times, 0), options.Flush, times == "-" ? null : number => NameOf(times, number)) : null;
        return options.Circular
            ? new CircularFrames(options.Common.Output, options.CircularBytes, pts, () => encoder.Headers, _ => { })
            : new FrameFiles(number => options.Common.Output is { } path ? NameOf(path, number) : null, options.Segments, options.Flush, pts);

        // Only files of which there are several are numbered, from 1 unless told otherwise.
        string NameOf(string path, int number)
        {
            var counted = options.FirstNumber + number;
            return options.Segments == default || path == "-" ? path
                : FileNames.Numbered(path, options.Wrap > 0 && counted > options.Wrap ? (counted - 1) % options.Wrap + 1 : counted);
        }
    }
}
