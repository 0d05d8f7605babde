using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Faults;

public class AgentKilled
{
    [Fact]
    public async Task A_camera_program_that_has_nothing_to_say_goes_with_the_agent_that_was_killed()
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = FaultScenario.Run(folder, receiver.Port, "stall:5");
        using var stream = await receiver.AcceptAsync();
        await stream.ReadAsync(5);
        // With nothing more to write, no closed pipe tells it that nobody reads.
        Assert.Equal(2, Family.Of(folder).Count);
        agent.Signal(AgentProcess.SigKill);
        try
        {
            await Until.TrueAsync(() => Task.FromResult(Family.Of(folder).Count == 0));
        }
        finally
        {
            foreach (var left in Family.Of(folder))
                await Tool.RunAsync("/bin/kill", "-KILL", left.Split(' ')[0]);
        }
    }
}
