namespace PiStereoLink.Agent;

/// <summary>Does one thing after the other beside the caller, who need not wait. What fails is told at the next check.</summary>
/// <param name="where">What cannot be written when something fails without saying more.</param>
internal sealed class InTurn(string where)
{
    private readonly Lock access = new();
    private Task working = Task.CompletedTask;      // under access; never fails
    private RecordingException? failure;

    /// <summary>Does it after what was given before.</summary>
    public void Do(Func<Task> work)
    {
        lock (access)
            working = AfterAsync(working, work);
    }

    /// <exception cref="RecordingException">Something has failed.</exception>
    public void Check()
    {
        if (Volatile.Read(ref failure) is { } failed)
            throw failed;
    }

    /// <summary>Completes when all is done.</summary>
    /// <inheritdoc cref="Check" path="/exception"/>
    public async Task EndAsync()
    {
        Task last;
        lock (access)
            last = working;
        await last;
        Check();
    }

    private async Task AfterAsync(Task before, Func<Task> work)
    {
        await before;
        try
        {
            await Task.Run(work);
        }
        catch (Exception e) when (e is RecordingException or IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref failure, failure ?? e as RecordingException ?? RecordingException.Of(where, e));
        }
    }
}
