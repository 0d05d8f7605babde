using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>
/// Sends numbered frames and remembers which were acknowledged: the witness of what a receiver has promised. When its connection is
/// lost it makes another, and sends what was not answered again.
/// </summary>
internal sealed class AskingSender(IPEndPoint to, int perSecond) : IAsyncDisposable
{
    public static readonly CameraName Camera = new("witness", "0");

    private const uint Source = 0xFA17, Run = 1;
    private const int Window = 16;

    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<ulong, bool> acked = new();
    private readonly SortedSet<ulong> unanswered = [];      // the sender's own, and the reader's under itself
    private ulong last;
    private Task running = Task.CompletedTask;

    /// <summary>The answers that a frame is kept, each frame's counted once.</summary>
    public Arrivals Answers { get; } = new();

    /// <summary>The frames that the receiver has said are on its disk.</summary>
    public IReadOnlyCollection<FrameIdentity> Acked => [.. acked.Keys.Select(Identity)];

    public static FrameIdentity Identity(ulong sequence) => new(Source, Run, sequence);

    public void Start() => running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    private async Task RunAsync()
    {
        while (!ended.IsCancellationRequested)
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(to, ended.Token);
                using var lost = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
                var reading = ReadAsync(socket, lost);
                try
                {
                    await SendAsync(socket, lost.Token);
                }
                finally
                {
                    await lost.CancelAsync();
                    await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !ended.IsCancellationRequested)
            {
                await Task.Delay(20, ended.Token);
            }
    }

    private async Task SendAsync(Socket socket, CancellationToken cancellationToken)
    {
        ulong[] again;
        lock (unanswered)
            again = [.. unanswered];
        var flags = AckOptions.Offer;
        foreach (var sequence in again)
        {
            await socket.SendAsync(Framed(sequence, flags), cancellationToken);
            flags = AckOptions.None;
        }
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        while (await pace.WaitForNextTickAsync(cancellationToken))
        {
            lock (unanswered)
                if (unanswered.Count >= Window)
                    continue;
                else
                    unanswered.Add(++last);
            await socket.SendAsync(Framed(last, flags), cancellationToken);
            flags = AckOptions.None;
        }
    }

    private async Task ReadAsync(Socket socket, CancellationTokenSource lost)
    {
        using var lines = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        try
        {
            while (await lines.ReadLineAsync(lost.Token) is { } text)
                if (ReceiverLineText.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text))) is { Kind: ReceiverLineKind.Ack, Identity: var identity })
                {
                    if (acked.TryAdd(identity.Sequence, true))
                        Answers.Add();
                    lock (unanswered)
                        unanswered.Remove(identity.Sequence);
                }
        }
        finally
        {
            await lost.CancelAsync();
        }
    }

    private static byte[] Framed(ulong sequence, AckOptions flags)
    {
        var picture = Film.Stamped(Camera, Identity(sequence));
        byte[] framed = [.. BitConverter.GetBytes(picture.Length + AckTrailer.Length), .. picture, .. new byte[AckTrailer.Length]];
        new AckTrailer(flags, Crc32C.Of(picture), sequence, 0, Run).Write(framed.AsSpan(^AckTrailer.Length..));
        return framed;
    }
}
