using Microsoft.Extensions.Logging.Abstractions;
using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Benchmarks;

/// <summary>What the agent's path from the camera program to the socket leaves to the garbage collector. It is run in this process, since it cannot be seen from outside.</summary>
internal static class Garbage
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20), Measured = TimeSpan.FromSeconds(10);

    public static async Task<double> PerFrameAsync(PictureSettings pictures)
    {
        using var sink = new Sink();
        using var stop = new CancellationTokenSource();
        var (name, time, tally) = (new CameraName("bench", "0"), TimeProvider.System, new Tally());
        var state = Directory.CreateTempSubdirectory("psl-bench-");
        var link = new Link(name, new ReceiverAddress("127.0.0.1", sink.Port), PeerKind.Recipe, new KnownReceivers(state.FullName), spool: null, SpoolMode.Off, tally, time, NullLogger<Link>.Instance);
        var camera = new ProgramCamera(new CameraSpec(Simulated: true, 0), pictures, new FrameStamper(name, "bench", 1, TimeSpan.FromSeconds(1 / pictures.Framerate), time), tally, time, NullLogger<ProgramCamera>.Instance);

        var sending = link.RunAsync(CancellationToken.None);
        var filming = camera.RunAsync(link.Frames, stop.Token);
        await sink.Connected.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(WarmUp);
        var (bytes, frames) = (GC.GetTotalAllocatedBytes(precise: true), tally.Captured);
        await Task.Delay(Measured);
        var perFrame = (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / (tally.Captured - frames);
        await stop.CancelAsync();
        await filming;
        link.Frames.Complete();
        await sending;
        state.Delete(recursive: true);
        return perFrame;
    }
}
