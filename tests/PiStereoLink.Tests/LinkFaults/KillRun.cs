namespace PiStereoLink.Tests.LinkFaults;

/// <summary>Receiver and agent killed as by the kernel, and started again, many times.</summary>
/// <param name="Kills">Of each.</param>
internal sealed record KillRun(int Kills)
{
    private readonly Random random = new(1);

    /// <summary>After each kill what was acknowledged is in the store, and nothing half; at the end nothing is there twice.</summary>
    public async Task<FaultReport> ReceiverAsync(string folder)
    {
        var store = Path.Combine(folder, "store");
        var (receiver, frames) = await Desk.StartAsync(folder, store, $"127.0.0.1:{FreePort.Take()}");
        await using var sender = new AskingSender(frames, perSecond: 100);
        sender.Start();
        var (missing, half, twice) = (0, 0, 0);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await sender.Answers.MoreAsync(1, receiver);
                await Task.Delay(random.Next(100));
                receiver.Signal("KILL");
                await receiver.EndsAsync();
                receiver.Dispose();
                var found = StoredPictures.In(store);
                missing += sender.Acked.Count(identity => !found.Files.ContainsKey(identity));
                (half, twice) = (half + found.Half.Count, found.Twice);
                (receiver, _) = await Desk.StartAsync(folder, store, $"{frames}");
            }
        }
        finally
        {
            receiver.Dispose();
        }
        return Report("receiver", sender.Acked.Count, missing, half, twice);
    }

    /// <summary>After each kill what was sent and not acknowledged is in the spool; the last run sends all of it.</summary>
    public async Task<FaultReport> AgentAsync(string folder)
    {
        using var sink = new AnsweringSink();
        var pi = new Pi(Path.Combine(folder, "pi"), perSecond: 100);
        var spool = pi.SpoolOf("pi", 0);
        var (missing, half) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var agent = pi.Start(sink.EndPoint, "pi");
            await sink.Frames.MoreAsync(10, agent);
            await Task.Delay(random.Next(100));
            var promised = sink.FallSilent();
            agent.Signal("KILL");
            await agent.EndsAsync();
            var found = StoredPictures.In(spool);
            missing += promised.Count(identity => !found.Files.ContainsKey(identity));
            half += found.Half.Count;
            await sink.SpeakAgainAsync();
        }
        await sink.SpeakAgainAsync(everything: true);
        using var last = pi.Start(sink.EndPoint, "pi");
        await last.SaysAsync("acknowledges frames", since: 0, TimeSpan.FromSeconds(30));
        await Pi.StopAsync(last, TimeSpan.FromSeconds(90));
        missing += sink.Unanswered().Length + StoredPictures.In(spool).Files.Count;
        return Report("agent", sink.Frames.Count, missing, half + sink.Damaged, twice: 0);
    }

    private FaultReport Report(string of, int frames, int missing, int half, int twice) => new($"kill-{of}",
        FaultReport.Short((missing == 0, $"{missing} frames were missing that had been promised"), (half == 0, $"{half} files were half"), (twice == 0, $"{twice} frames are stored twice"), (frames > 0, "nothing was sent")),
        ("kills", Kills), ("frames", frames), ("missing", missing), ("half", half), ("twice", twice));
}
