using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Benchmarks;

/// <summary>
/// Sends stamped frames as an agent does and asks for acknowledgements: 16 under way where they come, as many as the network takes where they
/// do not. It notes how long each answer took, from just before the frame went out.
/// </summary>
/// <param name="number">Which camera it is.</param>
/// <param name="jpeg">The picture.</param>
internal sealed class WindowedSender(int number, byte[] jpeg) : IDisposable
{
    private const int Window = 16, Remembered = 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SemaphoreSlim window = new(Window);
    private readonly long[] sentAt = new long[Remembered];
    private readonly List<(long At, double Milliseconds)> answers = [];     // the reader's until it has ended
    private readonly CameraName camera = new($"bench-{number}", "0");
    private readonly uint run = (uint)Stopwatch.GetTimestamp();

    /// <summary>When each answer came, by <see cref="Stopwatch"/>, and how long it took.</summary>
    public IReadOnlyList<(long At, double Milliseconds)> Answers => answers;

    /// <summary>Sends until it is told to stop, and reads until the receiver has answered everything.</summary>
    /// <param name="port">The receiver's.</param>
    /// <param name="acknowledges">Whether it keeps frames.</param>
    /// <param name="perSecond">Frames a second; null for flat out.</param>
    /// <param name="stop">Ends the sending.</param>
    public async Task RunAsync(int port, bool acknowledges, int? perSecond, CancellationToken stop)
    {
        await socket.ConnectAsync(IPAddress.Loopback, port, CancellationToken.None);
        var reading = ReadAsync();
        using var pace = perSecond is { } rate ? new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate)) : null;
        try
        {
            for (ulong sequence = 1; !stop.IsCancellationRequested; sequence++)
            {
                if (acknowledges)
                    await window.WaitAsync(stop);
                if (pace is not null)
                    await pace.WaitForNextTickAsync(stop);
                await SendAsync(sequence);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
        await socket.SendAsync(new byte[sizeof(uint)], CancellationToken.None);
        socket.Shutdown(SocketShutdown.Send);
        await reading;
    }

    public void Dispose()
    {
        socket.Dispose();
        window.Dispose();
    }

    private async Task SendAsync(ulong sequence)
    {
        var buffer = FrameBuffer.Rent(jpeg.Length);
        buffer.Append(jpeg);
        using var stamped = StampWriter.Write(buffer, new Stamp { Camera = camera, Identity = new FrameIdentity((uint)number, run, sequence), CapturedAt = DateTime.UtcNow });
        var flags = AckOptions.ClockSample | (sequence == 1 ? AckOptions.Offer : AckOptions.None);
        var framed = stamped.FramedWith(new AckTrailer(flags, Crc32C.Of(stamped.Span), sequence, 0, run));
        Volatile.Write(ref sentAt[sequence % Remembered], Stopwatch.GetTimestamp());
        for (var left = framed; !left.IsEmpty; left = left[await socket.SendAsync(left)..])
        {
        }
    }

    private async Task ReadAsync()
    {
        var lines = PipeReader.Create(new NetworkStream(socket));
        for (var ended = false; !ended;)
        {
            var read = await lines.ReadAsync();
            var (rest, now) = (read.Buffer, Stopwatch.GetTimestamp());
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Take(ReceiverLineText.Read(rest.Slice(0, end)), now);
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            lines.AdvanceTo(rest.Start, rest.End);
            ended = read.IsCompleted;
        }
    }

    private void Take(in ReceiverLine line, long now)
    {
        if (line.Kind is ReceiverLineKind.Ack or ReceiverLineKind.Seen)
            answers.Add((now, Stopwatch.GetElapsedTime(Volatile.Read(ref sentAt[line.Identity.Sequence % Remembered]), now).TotalMilliseconds));
        if (line.Kind is ReceiverLineKind.Ack or ReceiverLineKind.Nack)
            window.Release();
    }
}
