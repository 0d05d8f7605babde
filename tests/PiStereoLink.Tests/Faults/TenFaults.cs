using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Faults;

/// <summary>The ways in which cameras fail, each played by the simulated camera: said in one sentence, and pictures again soon.</summary>
public sealed class TenFaults(TenFaults.Scenarios scenarios) : IClassFixture<TenFaults.Scenarios>
{
    /// <summary>max(3 x (exposure + interval), 30 s), with 10 pictures a second.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>Name; what the simulated camera is told; what the agent says; the reason that its restart counts for.</summary>
    private static readonly (string Name, string Fault, string? Sentence, string? Reason)[] All =
    [
        ("stall", "stall:10", "The camera stalled: no picture for 10 s, after 10; its program was stopped. The camera has stopped delivering. With the Pi switched off, check the ribbon cable", "stalled"),
        ("frozen picture", "frozen:10", "The picture is frozen: for 10 s each had the same bytes", "frozen"),
        ("late", "late:40000", "The camera stalled: no picture for 15 s, after 0; its program was stopped.", "stalled"),
        ("does not hear SIGINT", "ignore-sigint,frozen:10", "The picture is frozen", "frozen"),
        ("busy camera", "busy", "Another program is using the camera", "busy"),
        ("no camera", "no-camera", "No camera was found. With the Pi switched off, check the ribbon cable", "noCamera"),
        ("wrong stack", "wrong-stack", "This Pi is set up for the legacy camera stack. Turn that off in `sudo raspi-config`", "wrongStack"),
        ("bus bandwidth", "bandwidth", "The bus has no bandwidth left for this camera. Take smaller pictures or fewer of them", "bandwidth"),
        ("early exit", "exit:3:10", "PiStereoLink.SimulatedCamera ended by itself. If that goes on, run it by hand to see why.", "ended"),
        ("stderr flood", "stderr-flood", null, null),
        ("half JPEG", "half:10", "1 picture(s) came cut off or damaged and are left out, 1 so far.", null),
    ];

    public static TheoryData<string> Names => [.. All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_told_in_one_sentence_and_pictures_are_back_within_its_time(string name)
    {
        var (_, _, sentence, reason) = Array.Find(All, fault => fault.Name == name);
        var outcome = await scenarios.Of(name);
        Assert.Equal(sentence is null, outcome.Told is null);
        Assert.True(outcome.Away <= Bound, $"no new picture for {outcome.Away.TotalSeconds:0.0} s");
        Assert.Equal(reason is null ? [] : [KeyValuePair.Create(reason, 1L)], outcome.Tally.Restarts);
        Assert.Equal((name == "half JPEG" ? 1 : 0, "garden/0"), (outcome.Tally.Damaged, outcome.Tally.Name));
        Assert.Empty(outcome.Left);
    }

    /// <summary>All of them side by side, as most of their time is waiting; a few at once, since each starts two programs.</summary>
    public sealed class Scenarios : IDisposable
    {
        private readonly SemaphoreSlim few = new(4);
        private readonly Dictionary<string, Task<FaultOutcome>> played = [];

        internal Task<FaultOutcome> Of(string name)
        {
            if (played.Count == 0)
                foreach (var fault in All)
                    played[fault.Name] = PlayAsync(fault.Fault, fault.Sentence);
            return played[name];
        }

        public void Dispose() => few.Dispose();

        private async Task<FaultOutcome> PlayAsync(string fault, string? sentence)
        {
            await few.WaitAsync();
            try
            {
                return await FaultScenario.PlayAsync(fault, sentence);
            }
            finally
            {
                few.Release();
            }
        }
    }
}
