using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PiStereoLink.Benchmarks;

/// <summary>A recipe sender that keeps to its pace. What it cannot send in its turn is left out, as a camera's next picture replaces the last.</summary>
internal static class GoodStream
{
    private const int FrameBytes = 63_000;

    /// <summary>Sends for so long; returns how many frames were taken.</summary>
    public static async Task<long> SendAsync(int port, string from, int framesPerSecond, TimeSpan time)
    {
        var jpeg = TypicalJpeg.Of(FrameBytes);
        byte[] frame = [.. BitConverter.GetBytes(jpeg.Length), .. jpeg];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var (began, sent, turns) = (Stopwatch.GetTimestamp(), 0L, (long)(framesPerSecond * time.TotalSeconds));
        for (var turn = 0L; turn < turns;)
        {
            await socket.SendAsync(frame);
            sent++;
            var now = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * framesPerSecond);
            // A few turns late is a busy machine, and is made good; a second late is a frame lost.
            turn = Math.Max(turn + 1, now - framesPerSecond);
            if (turn > now)
                await Task.Delay(TimeSpan.FromSeconds((double)turn / framesPerSecond) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left ? left : TimeSpan.Zero);
        }
        await socket.SendAsync(new byte[sizeof(uint)]);
        return sent;
    }
}
