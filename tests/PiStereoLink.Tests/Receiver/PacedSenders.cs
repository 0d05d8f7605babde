using System.Net.Sockets;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Recipe senders that send their picture at the same moments, 20 times a second, until disposed.</summary>
internal sealed class PacedSenders(RunningReceiver receiver, params (string From, byte[] Jpeg)[] senders) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<Socket> sockets = [];
    private Task sending = Task.CompletedTask;

    public async Task StartAsync()
    {
        foreach (var (from, _) in senders)
            sockets.Add(await receiver.ConnectAsync(from));
        sending = Task.Run(SendAsync);
    }

    public void Dispose()
    {
        stop.Cancel();
        try
        {
            sending.Wait(TestContext.Current.CancellationToken);
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException or SocketException)
        {
            // Ended on request, or because the receiver is gone already.
        }
        sockets.ForEach(socket => socket.Dispose());
        stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pace.WaitForNextTickAsync(stop.Token))
            for (var i = 0; i < sockets.Count; i++)
                await sockets[i].SendAsync(Pieces.Framed(senders[i].Jpeg), stop.Token);
    }
}
