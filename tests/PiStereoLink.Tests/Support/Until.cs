namespace PiStereoLink.Tests;

/// <summary>Asks another program again and again until it says yes; fails after two minutes.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
            Assert.True(await pace.WaitForNextTickAsync(deadline.Token));
    }
}
