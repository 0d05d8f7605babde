namespace PiStereoLink.Receiver.Web;

/// <summary>What ends a viewing: the viewer leaves, or the receiver stops.</summary>
internal static class Viewing
{
    public static async Task UntilEitherEndsAsync(HttpContext context, Func<CancellationToken, Task> view)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await view(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Leaving is how a viewing ends.
        }
    }
}
