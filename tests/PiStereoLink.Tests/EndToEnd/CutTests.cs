using PiStereoLink.Tests.LinkFaults;

namespace PiStereoLink.Tests.EndToEnd;

/// <summary>The real agent, the real receiver with a store, and a network between them that breaks again and again. In full length: bench faults.</summary>
public sealed class CutTests : IDisposable
{
    // In memory where there is such a place: on a busy disk the agent drops and counts what the link never gets to see.
    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"psl-cuts-{Guid.NewGuid():n}"));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Two_thousand_frames_over_fifty_cuts_none_lost_none_twice_all_whole()
    {
        var report = await new CutRun(Agents: 1, Pictures: 2000, Cuts: 50, PerSecond: 100, Silences: 0).RunAsync(folder.FullName);
        Assert.True(report.Shortfall is null, $"{report}");
        Assert.True(report["frames"] >= 2000 && report["cuts"] >= 50, $"{report}");
    }
}
