using System.Diagnostics;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>Agents and a receiver with a network between them that swallows packets for a while: when do they notice, and when are they back?</summary>
/// <param name="Agents">Each a process with a camera.</param>
/// <param name="Dark">How long the network swallows packets at least; until both ends have noticed in any case.</param>
internal sealed record BlackholeRun(int Agents, TimeSpan Dark)
{
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(60), Patience = TimeSpan.FromSeconds(150);

    /// <param name="folder">A folder of its own.</param>
    /// <param name="noticedWithin">Seconds, at both ends.</param>
    /// <param name="backWithin">Seconds from the return of the network to the first frame of the last agent.</param>
    public async Task<FaultReport> RunAsync(string folder, double noticedWithin, double backWithin)
    {
        using var ways = new Namespaces();
        var store = Path.Combine(folder, "store");
        var (receiver, frames) = await Desk.StartAsync(folder, store, $"{Namespaces.DeskAddress}:0", ways.Desk);
        using var _ = receiver;
        var pis = Enumerable.Range(0, Agents).Select(number => new Pi(Path.Combine(folder, $"pi-{number}"), perSecond: Agents == 1 ? 10 : 1)).ToArray();
        var agents = pis.Select((pi, number) => pi.Start(frames, $"pi-{number}", inNamespace: ways.Pi, drainSeconds: 60)).ToArray();
        try
        {
            if ((await InAsync(agents, since: 0, TimeSpan.FromSeconds(180))).Contains(null))
                throw new InvalidOperationException($"Not all agents came:\n{receiver.Said}\n{agents[0].Said}");
            await Task.Delay(TimeSpan.FromSeconds(3));

            var dark = Stopwatch.GetTimestamp();
            ways.Carry(false);
            var byDesk = receiver.SaysAsync(" after ", dark, Notice);      // of many it tells some, and how many it left out
            var byPis = await Task.WhenAll(agents.Select(agent => agent.SaysAsync(" lost ", dark, Notice)));
            var noticedByDesk = await byDesk;
            if (Dark - Stopwatch.GetElapsedTime(dark) is { Ticks: > 0 } left)
                await Task.Delay(left);

            var light = Stopwatch.GetTimestamp();
            ways.Carry(true);
            var back = await InAsync(agents, light, Patience);
            var tallies = await Task.WhenAll(agents.Select(agent => Pi.StopAsync(agent, TimeSpan.FromSeconds(150))));
            receiver.Signal("TERM");
            await receiver.EndsAsync();
            var waiting = pis.SelectMany((pi, number) => StoredPictures.In(pi.SpoolOf($"pi-{number}", 0)).Files.Keys);
            return Report(noticedByDesk, byPis.Max(), byPis.Count(at => at is null), back, tallies, StoredPictures.In(store), waiting, noticedWithin, backWithin);
        }
        finally
        {
            foreach (var agent in agents)
                agent.Dispose();
        }
    }

    /// <summary>When each agent was first answered after that time; null for one that was not within the time given.</summary>
    private static Task<TimeSpan?[]> InAsync(Child[] agents, long since, TimeSpan within) =>
        Task.WhenAll(agents.Select(agent => agent.SaysAsync("acknowledges frames", since, within)));

    private FaultReport Report(TimeSpan? desk, TimeSpan? slowestPi, int unnoticed, TimeSpan?[] back, PiTally[] tallies, StoredPictures found, IEnumerable<FrameIdentity> waiting, double noticedWithin, double backWithin)
    {
        // What a slow machine has not sent when the agents are stopped is on their disks, and not lost.
        var left = waiting.Where(identity => !found.Files.ContainsKey(identity)).Distinct().Count();
        var returned = back.Count(at => at is not null);
        var lost = tallies.Sum(tally => tally.Captured) - found.Files.Count - left;
        return new FaultReport(Agents == 1 ? "blackhole" : "return",
            FaultReport.Short((desk?.TotalSeconds <= noticedWithin, "the receiver noticed too late"), (unnoticed == 0 && slowestPi?.TotalSeconds <= noticedWithin, $"{unnoticed} agents did not notice, or too late"),
                (returned == Agents && back.Max()?.TotalSeconds <= backWithin, $"not all were back in time, {returned} of {Agents} at all"), (lost == 0 && found.Twice == 0 && found.Half.Count == 0, "frames were lost, stored twice, or half")),
            ("agents", Agents), ("noticedByReceiverSeconds", desk?.TotalSeconds ?? double.NaN), ("noticedByAgentSeconds", slowestPi?.TotalSeconds ?? double.NaN),
            ("backSeconds", back.Max()?.TotalSeconds ?? double.NaN), ("back", returned), ("frames", tallies.Sum(tally => tally.Captured)), ("waiting", left), ("lost", lost), ("twice", found.Twice), ("half", found.Half.Count));
    }
}
