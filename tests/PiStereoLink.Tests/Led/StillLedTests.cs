using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Led;

/// <summary>The LED while a verb takes stills, each with a program that lights it at a moment that nobody tells.</summary>
public class StillLedTests
{
    [Theory]
    [InlineData("off", "32 Low", "firmware lights it", "32 Low", "picture", "32 Low", "firmware lights it", "32 Low", "picture", "32 Input")]
    [InlineData("keep", "firmware lights it", "picture", "firmware lights it", "picture")]
    public async Task It_is_put_off_before_each_still_and_again_and_again_until_the_picture_and_in_the_end_it_is_as_before(string wanted, params string[] states)
    {
        using var board = new LedFixture("Raspberry Pi 2 Model B Rev 1.1");
        var ticks = new Ticks();
        using (var led = new CaptureLed(Options.Create(new AgentOptions { Led = wanted }), board.Leds, NullLogger<CaptureLed>.Instance))
            for (var still = 0; still < 2; still++)
                await led.KeepOffAsync(() =>
                {
                    board.Chip.States.Add("firmware lights it");
                    ticks.Tick();
                    board.Chip.States.Add("picture");
                    return Task.FromResult(0);
                }, ticks);
        ticks.Tick();
        Assert.Equal(states, board.Chip.States);
    }

    /// <summary>A clock whose timers go off when the test says so, until they are disposed of.</summary>
    private sealed class Ticks : TimeProvider
    {
        private Action? due;

        public void Tick() => due?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            due = () => callback(state);
            return new Timer(() => due = null);
        }

        private sealed class Timer(Action dispose) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => dispose();

            public ValueTask DisposeAsync()
            {
                dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
