using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Faults;

public class TimelapseFaults
{
    [Fact]
    public async Task A_still_that_does_not_come_is_given_up_after_the_same_time_as_a_video_and_the_next_one_comes()
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = folder.Run(receiver.Port,
            ["--camera", "sim:left", "--mode", "timelapse", "--interval", "0.5", "--width", "160", "--height", "120", "--drain", "0"],
            ("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")), ("PISTEREOLINK_SIM_FAULT", $"stall:0,once:{folder.Root}/played"));
        Assert.Contains("Camera garden/0: The camera stalled: PiStereoLink.SimulatedCamera had taken no picture after 15 s and was stopped.",
            await agent.SaysAsync("Starting it again in 1 s."), StringComparison.Ordinal);
        using var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(2);
        stream.Dispose();
        Assert.Equal(1, Assert.Single((await agent.StopsAsync()).Cameras).Restarts["stalled"]);
        Assert.Empty(Family.Of(folder));
    }
}
