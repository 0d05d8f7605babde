using System.Buffers;
using System.Net;
using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.LinkFaults;

/// <summary>
/// A receiver that keeps frames in memory and answers late: some are always on their way. An agent that spools always has each of
/// them on its disk before it comes here, and keeps it until it is answered.
/// </summary>
internal sealed class AnsweringSink : IDisposable
{
    /// <summary>Half of what an agent sends without an answer: it is never halted for long, and something is always owed.</summary>
    private const int Owed = 8;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim turn = new(1);      // of whoever writes
    private readonly Lock gate = new();

    // Under the gate.
    private NetworkStream? current;
    private readonly List<FrameIdentity> unanswered = [];
    private readonly HashSet<FrameIdentity> known = [];
    private bool silent, all;

    public AnsweringSink()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Frames that did not come as they were filmed.</summary>
    public int Damaged { get; private set; }

    /// <summary>Frames that came, each counted once.</summary>
    public Arrivals Frames { get; } = new();

    /// <summary>From now on no answer is given; returns what came and was not answered.</summary>
    public FrameIdentity[] FallSilent()
    {
        lock (gate)
        {
            silent = true;
            return [.. unanswered];
        }
    }

    /// <summary>Answers again, also what has come meanwhile: an agent that waits for answers sends nothing that could be answered.</summary>
    /// <param name="everything">Nothing is owed any more: the agent is to come to its end.</param>
    public async Task SpeakAgainAsync(bool everything = false)
    {
        (FrameIdentity[] answered, NetworkStream? stream) now;
        lock (gate)
        {
            (silent, all) = (false, everything);
            now = (TakeAnswered(), current);
        }
        try
        {
            if (now.stream is not null)
                await AnswerAsync(now.stream, now.answered);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // That agent was killed; the next one sends them again, and they are answered then.
        }
    }

    public FrameIdentity[] Unanswered()
    {
        lock (gate)
            return [.. unanswered];
    }

    public void Dispose()
    {
        listener.Dispose();
        turn.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                var stream = client.GetStream();
                var length = new byte[4];
                var greeted = false;
                while (true)
                {
                    await stream.ReadExactlyAsync(length);
                    var frame = new byte[BitConverter.ToInt32(length)];
                    if (frame.Length == 0)
                        return;
                    await stream.ReadExactlyAsync(frame);
                    if (!greeted)
                        await GreetAsync(stream);
                    greeted = true;
                    await AnswerAsync(stream, Take(frame.AsSpan(..^AckTrailer.Length)));
                }
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The agent was killed, or its connection.
            }
    }

    /// <summary>Notes a frame; which ones are to be answered now. A frame is not owed from the moment at which its answer may be under way.</summary>
    private FrameIdentity[] Take(ReadOnlySpan<byte> picture)
    {
        lock (gate)
        {
            if (!StampReader.TryRead(picture, out var stamp) || !Film.IsPicture(picture, stamp.Identity.Sequence))
            {
                Damaged++;
                return [];
            }
            if (known.Add(stamp.Identity))
                Frames.Add();
            else if (!unanswered.Contains(stamp.Identity))
                return silent ? [] : [stamp.Identity];      // its answer was lost with a connection
            if (!unanswered.Contains(stamp.Identity))
                unanswered.Add(stamp.Identity);
            return TakeAnswered();
        }
    }

    /// <summary>Under the gate: those that are not owed any more.</summary>
    private FrameIdentity[] TakeAnswered()
    {
        FrameIdentity[] answered = silent ? [] : [.. unanswered.Take(all ? unanswered.Count : Math.Max(0, unanswered.Count - Owed))];
        unanswered.RemoveRange(0, answered.Length);
        return answered;
    }

    private Task GreetAsync(NetworkStream stream)
    {
        lock (gate)
            current = stream;
        return SayAsync(stream, new ReceiverLine(ReceiverLineKind.Hello) { MaxFrameBytes = 32 << 20, Stores = true, IdleSeconds = 3600 });
    }

    private async Task AnswerAsync(NetworkStream stream, FrameIdentity[] answered)
    {
        foreach (var identity in answered)
            await SayAsync(stream, new ReceiverLine(ReceiverLineKind.Ack) { Identity = identity });
    }

    private async Task SayAsync(NetworkStream stream, ReceiverLine line)
    {
        var text = new ArrayBufferWriter<byte>();
        ReceiverLineText.Write(text, line);
        await turn.WaitAsync();
        try
        {
            await stream.WriteAsync(text.WrittenMemory);
        }
        finally
        {
            turn.Release();
        }
    }
}
