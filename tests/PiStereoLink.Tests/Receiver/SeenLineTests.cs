using System.Diagnostics;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Who is told the clock by a receiver that keeps nothing, and how often.</summary>
public sealed class SeenLineTests : IDisposable
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-seen-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_frame_that_is_good_for_the_clock_is_told_with_its_arrival()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        using var peer = await AckPeer.ConnectAsync(receiver, AckOptions.Offer | AckOptions.ClockSample);
        var before = Stamp.ToMicroseconds(DateTime.UtcNow);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.HelloAsync();
        var line = await peer.ReadAsync();
        var after = Stamp.ToMicroseconds(DateTime.UtcNow);

        Assert.Equal((ReceiverLineKind.Seen, AckPeer.Identity(1)), (line?.Kind, line?.Identity));
        Assert.InRange(line!.Value.ArrivedAtMicroseconds, before, line.Value.WrittenAtMicroseconds);
        Assert.InRange(line.Value.WrittenAtMicroseconds, before, after);
        Assert.Equal(0, (await receiver.CameraAsync("garden/0")).GetProperty("acked").GetInt64());
    }

    [Fact]
    public async Task However_many_frames_come_ten_a_second_are_told()
    {
        const int frames = 200;
        await using var receiver = await RunningReceiver.StartAsync();
        using var peer = await AckPeer.ConnectAsync(receiver, AckOptions.Offer | AckOptions.ClockSample);
        var began = Stopwatch.GetTimestamp();
        for (ulong number = 1; number <= frames; number++)
            await peer.SendAsync(AckPeer.Picture(number), number);
        var lines = await peer.EndAsync();
        var took = Stopwatch.GetElapsedTime(began);

        Assert.Equal(ReceiverLineKind.Hello, lines[0].Kind);
        Assert.All(lines.Skip(1), line => Assert.Equal(ReceiverLineKind.Seen, line.Kind));
        Assert.InRange(lines.Count - 1, 1, Math.Min(frames - 1, 1 + took / Apart));
        Assert.Equal(frames, (await receiver.CameraAsync("garden/0")).GetProperty("frames").GetInt64());
    }

    [Fact]
    public async Task Who_has_made_no_offer_gets_no_byte_whatever_its_frames_say_of_the_clock()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        Assert.Empty(await receiver.ExchangeAsync([.. Pieces.Framed(
            AckPeer.WithTrailer(AckPeer.Picture(1), 1, AckOptions.ClockSample),
            AckPeer.WithTrailer(AckPeer.Picture(2), 2, AckOptions.Offer | AckOptions.ClockSample)), 0, 0, 0, 0]));
    }

    [Fact]
    public async Task A_receiver_that_keeps_frames_tells_the_clock_with_its_acknowledgements_alone()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver, AckOptions.Offer | AckOptions.ClockSample);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.HelloAsync();
        await peer.AckAsync(1);
        Assert.Empty(await peer.EndAsync());
    }
}
