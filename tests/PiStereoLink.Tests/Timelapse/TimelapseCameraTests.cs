using PiStereoLink.Protocol;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Timelapse;

/// <summary><c>agent run --mode timelapse</c>: stills straight to a receiver.</summary>
public class TimelapseCameraTests
{
    [Fact]
    public async Task Stills_reach_the_receiver_stamped_and_in_order_and_the_account_is_whole()
    {
        using var folder = new CameraFolder();
        await using var receiver = await Receiver.RunningReceiver.StartAsync(store: Path.Combine(folder.Root, "store"));
        await using var agent = AgentProcess.Start(Environment.GetEnvironmentVariable("PATH")!,
            ["run", "--to", receiver.FramePort.ToString(), "--camera", "sim:left", "--node", "garden", "--state", folder.State,
             "--mode", "timelapse", "--interval", "0.5", "--width", "320", "--height", "240"]);
        await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("store").GetProperty("frames").GetInt64() >= 3);
        var tally = await agent.StopsAsync();
        Assert.Equal((tally.Captured, 0L), (tally.Acked, tally.Spooled + tally.InFlight));
        await receiver.StopAsync();

        var sequences = new List<ulong>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder.Root, "store"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var jpeg = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal((JpegFault.None, 320), (JpegScanner.Check(jpeg).Fault, JpegScanner.Check(jpeg).Width));
            Assert.True(StampReader.TryRead(jpeg, out var stamp));
            Assert.Equal(new CameraName("garden", "0"), stamp!.Camera);
            Assert.NotNull(stamp.ExposureMicroseconds);
            sequences.Add(stamp.Identity.Sequence);
        }
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(n => (ulong)n), sequences);
    }
}
