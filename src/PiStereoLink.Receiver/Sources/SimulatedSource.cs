using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Commands.Demo;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Sources;

/// <summary>The rendered rig, without agents: two simulated camera programs, whose streams are cut into pictures here. Their times are of arrival.</summary>
public sealed class SimulatedSource(SourceSpec spec, EyeWriter eyes, TimeProvider time) : ISource
{
    public string Name => "the simulated rig";

    /// <summary>Ends with the first of the two, and then ends the other.</summary>
    public async Task RunAsync(ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var both = new[] { FilmAsync(StereoEye.Left, frames, ending.Token), FilmAsync(StereoEye.Right, frames, ending.Token) };
        var first = await Task.WhenAny(both);
        await ending.CancelAsync();
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task FilmAsync(StereoEye eye, ChannelWriter<Frame> frames, CancellationToken stopping)
    {
        using var program = Start(eye);
        try
        {
            using var pictures = new MjpegSplitter();
            var buffer = new byte[64 * 1024];
            while (await program.StandardOutput.BaseStream.ReadAsync(buffer, stopping) is > 0 and var got)
                for (var at = 0; at < got;)
                {
                    var free = pictures.Free;
                    var count = Math.Min(free.Length, got - at);
                    buffer.AsSpan(at, count).CopyTo(free);
                    pictures.Advance(count);
                    at += count;
                    while (pictures.TryRead(out var jpeg))
                        await eyes.WriteAsync(frames, eye, jpeg, new CaptureMoment(time.GetUtcNow().UtcDateTime, null), stopping);
                }
        }
        finally
        {
            if (!program.HasExited)
                program.Kill(entireProcessTree: true);
        }
        throw new IOException("The simulated camera program has ended.");
    }

    private Process Start(StereoEye eye)
    {
        var (width, height) = spec.Options.Size ?? (640, 480);
        var camera = eye == StereoEye.Left != spec.Options.Swap ? "0" : "1";
        var process = Process.Start(new ProcessStartInfo(SiblingProgram.Find("PiStereoLink.SimulatedCamera", "PISTEREOLINK_SIMULATED_CAMERA"),
            ["rpicam-vid", "--camera", camera, "--codec", "mjpeg", "--width", Text(width), "--height", Text(height), "--framerate", Text(spec.Options.Fps ?? 10), "--timeout", "0", "--nopreview", "--output", "-"])
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.ErrorDataReceived += static (_, _) => { };      // it must not fill up
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return process;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
