namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>One Pi for all tests of a class that leave it as it is. The first of them switches it on, or is skipped.</summary>
public sealed class SharedPi : IAsyncDisposable
{
    private TestPi? pi;

    internal async Task<TestPi> PiAsync() => pi ??= await TestPi.StartAsync();

    public ValueTask DisposeAsync() => pi?.DisposeAsync() ?? ValueTask.CompletedTask;
}
