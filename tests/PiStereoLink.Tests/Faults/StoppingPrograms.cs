using PiStereoLink.Agent;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Faults;

public class StoppingPrograms
{
    /// <summary>Given no time to end in, every program is one that hangs in a driver; on a busy machine one may be gone all the same.</summary>
    [Fact]
    public async Task Nobody_waits_for_the_output_of_a_program_that_even_SIGKILL_does_not_end()
    {
        using var folder = new CameraFolder();
        var program = new CameraProgram(folder.Program("rpicam-vid", CameraFolder.Forever), CameraDialect.Rpicam);
        for (var tries = 1; ; tries++)
        {
            var process = CameraProcess.Start(program, [], new NoTime());
            var abandoned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = process.Abandoned.Register(() => abandoned.SetResult());
            var failure = await Record.ExceptionAsync(process.StopAsync);
            await abandoned.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await process.Exited;
            var again = await Record.ExceptionAsync(() => process.DisposeAsync().AsTask());
            Assert.Same(failure, again);
            if (failure is null && tries < 20)
                continue;
            Assert.IsType<CameraException>(failure);
            Assert.Matches("^rpicam-vid \\(process [0-9]+\\) does not end even when killed: it hangs in a driver. Reboot this Pi.$", failure.Message);
            return;
        }
    }

    [Theory]
    [InlineData(3, "ended by itself. If that goes on, run it by hand to see why.")]
    [InlineData(137, "ended by itself: it was killed. `dmesg` says whether memory ran out.")]
    [InlineData(139, "ended by itself: it crashed. Bring it up to date with `sudo apt upgrade`.")]
    public void An_exit_code_that_a_signal_left_is_told_as_such(int exitCode, string sentence) =>
        Assert.Equal($"rpicam-vid {sentence}", CameraFault.Ended("rpicam-vid", exitCode));

    [Fact]
    public async Task A_video_program_from_before_its_metadata_films_without()
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = FaultScenario.Run(folder, receiver.Port, "", ("PISTEREOLINK_SIM_GENERATION", "2022-05"));
        using var stream = await receiver.AcceptAsync();
        var stamps = (await stream.ReadAsync(3)).ConvertAll(Stamped.Of);
        Assert.All(stamps, stamp => Assert.NotNull(stamp.Clock.ErrorMicroseconds));
        stream.Dispose();
        Assert.Empty(Assert.Single((await agent.StopsAsync()).Cameras).Restarts);
    }

    private sealed class NoTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, period);
        }
    }
}
