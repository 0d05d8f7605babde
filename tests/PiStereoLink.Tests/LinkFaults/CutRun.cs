namespace PiStereoLink.Tests.LinkFaults;

/// <summary>Agents, one receiver with a store, and networks between them that break again and again: is anything lost, or kept twice?</summary>
/// <param name="Agents">Each with a camera and a proxy of its own.</param>
/// <param name="Pictures">Of each agent.</param>
/// <param name="Cuts">Of each agent.</param>
/// <param name="PerSecond">Pictures a second of each agent.</param>
/// <param name="Silences">Of the cuts of each agent, those that nobody is told of; each costs half a minute.</param>
internal sealed record CutRun(int Agents, int Pictures, int Cuts, int PerSecond, int Silences)
{
    /// <summary>A picture on the wire: its length, its stamp, its trailer.</summary>
    private const int WireBytes = Film.PictureBytes + 600;

    /// <summary>Of the pictures' bytes, the part in which the cuts come; behind it the link mends.</summary>
    private const double SpoiledPart = 0.6;

    public async Task<FaultReport> RunAsync(string folder, Action<string>? tell = null)
    {
        var store = Path.Combine(folder, "store");
        var (receiver, frames) = await Desk.StartAsync(folder, store);
        using var _ = receiver;
        var kinds = new int[Plans.Length];
        var tallies = await Task.WhenAll(Enumerable.Range(0, Agents).Select(number => RunAgentAsync(folder, number, frames, kinds, tell)));
        receiver.Signal("TERM");
        await receiver.EndsAsync();

        var found = StoredPictures.In(store);
        var captured = tallies.Sum(tally => tally.Captured);
        var lost = captured - found.Files.Count;
        var unsettled = tallies.Count(tally => !tally.Balances || tally.Acked != tally.Captured);
        return new FaultReport("cuts",
            FaultReport.Short((captured >= (long)Agents * Pictures, $"only {captured} frames were captured"), (lost == 0, $"{lost} frames are lost"),
                (found.Twice == 0, $"{found.Twice} frames are stored twice"), (found.Half.Count == 0, $"{found.Half.Count} files are not what was sent, the first {found.Half.FirstOrDefault()}"),
                (kinds.Sum() >= Agents * Cuts, $"only {kinds.Sum()} cuts came"), (unsettled == 0, $"{unsettled} agents do not count every frame as acknowledged: {string.Join(' ', tallies.Select(tally => $"{tally}"))}")),
            [("frames", captured), ("cuts", kinds.Sum()), ("lost", lost), ("twice", found.Twice), ("half", found.Half.Count), .. Plans.Select((plan, at) => (plan.Name, (double)kinds[at]))]);
    }

    private async Task<PiTally> RunAgentAsync(string folder, int number, System.Net.IPEndPoint frames, int[] kinds, Action<string>? tell)
    {
        var pi = new Pi(Path.Combine(folder, $"pi-{number}"), PerSecond, Pictures);
        var planned = 0;
        await using var proxy = new FaultProxy(frames, random =>
        {
            if (planned++ >= Cuts)
                return new LinkFault();
            var at = planned <= Silences ? Plans.Length - 1 : random.Next(Plans.Length - 1);
            Interlocked.Increment(ref kinds[at]);
            return Plans[at].Draw(random, random.Next(1, (int)(2 * SpoiledPart * Pictures * WireBytes / Cuts)));
        }, seed: number + 1);
        using var agent = pi.Start(proxy.EndPoint, $"pi-{number}");
        for (var (struck, last) = (-1, DateTime.UtcNow); !(pi.HasPlayed && proxy.Struck >= Cuts); await Task.Delay(50))
        {
            if (agent.HasEnded || DateTime.UtcNow - last > TimeSpan.FromSeconds(90) && pi.HasPlayed)
                throw new InvalidOperationException($"Agent {number} stands still after {proxy.Struck} of {Cuts} cuts:\n{agent.Said}");
            if (proxy.Struck != struck)
                (struck, last) = (proxy.Struck, DateTime.UtcNow);
        }
        var tally = await Pi.StopAsync(agent, TimeSpan.FromSeconds(90));
        tell?.Invoke($"agent {number}: {tally.Captured} frames, {proxy.Struck} cuts, {tally.Acked} acknowledged");
        return tally;
    }

    /// <summary>What can happen to a connection; the last is not drawn, but comes first and so often as it is asked for.</summary>
    private static readonly (string Name, Func<Random, int, LinkFault> Draw)[] Plans =
    [
        ("resets", (_, bytes) => new LinkFault(LinkFaultKind.Reset) { AfterBytes = bytes }),
        ("closes", (_, bytes) => new LinkFault(LinkFaultKind.Close) { AfterBytes = bytes }),
        ("halfCloses", (_, bytes) => new LinkFault(LinkFaultKind.HalfClose) { AfterBytes = bytes }),
        ("stalls", (random, bytes) => new LinkFault(LinkFaultKind.Stall)
        {
            AfterBytes = bytes,
            For = TimeSpan.FromMilliseconds(random.Next(50, 1500)),
            Then = new LinkFault(LinkFaultKind.Reset) { AfterBytes = random.Next(1, 20_000) },
        }),
        ("byteByByte", (_, bytes) => new LinkFault(LinkFaultKind.Reset) { AfterBytes = bytes % 8000 + 1, ByteByByte = true }),
        ("late", (random, bytes) => new LinkFault(LinkFaultKind.Late) { AfterBytes = bytes, For = TimeSpan.FromMilliseconds(random.Next(20, 300)) }),
        ("silences", (_, bytes) => new LinkFault(LinkFaultKind.Silence) { AfterBytes = bytes }),
    ];
}
