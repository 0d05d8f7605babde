using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>
/// Emulated power cuts of the receiver's store and of the agent's spool, each on an ext4 of its own: what was acknowledged, or sent
/// and not yet acknowledged, must be on the disk, and nothing half.
/// </summary>
/// <param name="Cuts">Of each.</param>
internal sealed record PowerRun(int Cuts)
{
    private readonly Random random = new(1);
    private int missing, half, looked;

    public async Task<FaultReport> StoreAsync(string folder)
    {
        using var disk = new LoopDisk(folder, "store", megabytes: 96);
        var (receiver, frames) = await Desk.StartAsync(folder, Path.Combine(disk.Mounted, "store"));
        using var _ = receiver;
        await using var sender = new AskingSender(frames, perSecond: 250);
        sender.Start();
        await sender.Answers.MoreAsync(1, receiver);
        for (var cut = 0; cut < Cuts; cut++)
        {
            await RunningAsync(receiver);
            receiver.Signal("STOP");
            await receiver.StopsRunningAsync();
            var promised = sender.Acked;
            disk.AfterPowerCut(there => Compare(promised, StoredPictures.In(Path.Combine(there, "store"))));
            receiver.Signal("CONT");
        }
        receiver.Signal("KILL");
        return Report("store", promised: sender.Acked.Count);
    }

    public async Task<FaultReport> SpoolAsync(string folder)
    {
        // The spool leaves 100 MB to others.
        using var disk = new LoopDisk(folder, "spool", megabytes: 200);
        using var sink = new AnsweringSink();
        var pi = new Pi(Path.Combine(folder, "pi"), perSecond: 100) { State = Path.Combine(disk.Mounted, "state") };
        using var agent = pi.Start(sink.EndPoint, "pi");
        for (var cut = 0; cut < Cuts; cut++)
        {
            await RunningAsync(agent);
            await sink.Frames.MoreAsync(1, agent);      // something is to be under way
            var promised = sink.FallSilent();
            agent.Signal("STOP");
            await agent.StopsRunningAsync();
            disk.AfterPowerCut(there => Compare(promised, StoredPictures.In(Path.Combine(there, "state", "spool", "pi", "0"))));
            await sink.SpeakAgainAsync();
            agent.Signal("CONT");
        }
        agent.Signal("KILL");
        await agent.EndsAsync();
        return Report("spool", sink.Frames.Count);
    }

    private async Task RunningAsync(Child program)
    {
        if (program.HasEnded)
            throw new InvalidOperationException($"It has ended:\n{program.Said}");
        await Task.Delay(random.Next(20, 250));
    }

    private void Compare(IReadOnlyCollection<FrameIdentity> promised, StoredPictures found)
    {
        looked += promised.Count;
        missing += promised.Count(identity => !found.Files.ContainsKey(identity));
        half += found.Half.Count;
    }

    private FaultReport Report(string of, int promised) => new($"power-{of}",
        FaultReport.Short((missing == 0, $"{missing} times a frame was missing that had been promised"), (half == 0, $"{half} times a file was half"), (looked > 0, "nothing was promised")),
        ("cuts", Cuts), ("frames", promised), ("looked", looked), ("missing", missing), ("half", half));
}
