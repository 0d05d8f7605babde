namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>One Pi and its desk for all tests of a class that leave them as they are. The first of them starts them, or is skipped.</summary>
public sealed class SharedDesk : IAsyncDisposable
{
    private Desk? desk;

    internal async Task<Desk> DeskAsync() => desk ??= await Desk.StartAsync();

    public ValueTask DisposeAsync() => desk?.DisposeAsync() ?? ValueTask.CompletedTask;
}
