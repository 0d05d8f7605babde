namespace PiStereoLink.Tests.LinkFaults;

/// <summary>The short forms of what <c>bench faults</c> does in full length.</summary>
public sealed class LinkFaultTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-faults-");

    public void Dispose() => folder.Delete(recursive: true);

    private static void Holds(FaultReport report) => Assert.True(report.Shortfall is null, $"{report}");

    [Fact]
    public async Task When_the_power_goes_what_the_store_acknowledged_is_there_and_nothing_half()
    {
        Assert.SkipWhen(LoopDisk.WhyNot is not null, LoopDisk.WhyNot ?? "");
        Holds(await new PowerRun(Cuts: 8).StoreAsync(folder.FullName));
    }

    [Fact]
    public async Task When_the_power_goes_what_was_sent_and_not_acknowledged_is_in_the_spool_and_nothing_half()
    {
        Assert.SkipWhen(LoopDisk.WhyNot is not null, LoopDisk.WhyNot ?? "");
        Holds(await new PowerRun(Cuts: 8).SpoolAsync(folder.FullName));
    }

    [Fact]
    public async Task A_receiver_that_is_killed_has_kept_what_it_acknowledged() => Holds(await new KillRun(Kills: 4).ReceiverAsync(folder.FullName));

    [Fact]
    public async Task An_agent_that_is_killed_has_kept_what_was_not_acknowledged() => Holds(await new KillRun(Kills: 4).AgentAsync(folder.FullName));

    [Fact]
    public async Task A_network_that_swallows_packets_is_noticed_at_both_ends_and_all_comes_when_it_is_back()
    {
        Assert.SkipWhen(Namespaces.WhyNot is not null, Namespaces.WhyNot ?? "");
        Holds(await new BlackholeRun(Agents: 1, Dark: TimeSpan.Zero).RunAsync(folder.FullName, noticedWithin: 30, backWithin: 60));
    }
}
