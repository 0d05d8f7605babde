using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Who is answered, and with what first.</summary>
public sealed class AckOfferTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-offer-");

    public void Dispose() => folder.Delete(recursive: true);

    private IEnumerable<byte[]> Stored() => Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    [Fact]
    public async Task An_offer_is_answered_with_hello()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        Assert.Equal(new ReceiverLine(ReceiverLineKind.Hello) { MaxFrameBytes = 33_554_432, Stores = true, IdleSeconds = 10 }, await peer.ReadAsync());
    }

    [Fact]
    public async Task An_offer_that_comes_later_than_the_first_frame_is_none_and_the_trailers_are_taken_off_all_the_same()
    {
        byte[] first = AckPeer.Picture(1), second = AckPeer.Picture(2), third = AckPeer.Picture(3);
        await using (var receiver = await RunningReceiver.StartAsync(folder.FullName))
        {
            Assert.Empty(await receiver.ExchangeAsync([.. Pieces.Framed(
                AckPeer.WithTrailer(first, 1, AckOptions.IdleLines),
                AckPeer.WithTrailer(second, 2, AckOptions.Offer),
                AckPeer.WithTrailer(third, 3, AckOptions.Offer, crc: 1)), 0, 0, 0, 0]));
            var camera = await receiver.CameraAsync("garden/0");
            Assert.Equal((1, 0), (camera.GetProperty("dropped").GetProperty("bad-crc").GetInt64(), camera.GetProperty("acked").GetInt64()));
        }
        Assert.Equal([first, second], Stored());
    }

    [Fact]
    public async Task An_unasked_frame_between_asking_ones_is_kept_and_not_acknowledged()
    {
        byte[] first = AckPeer.Picture(1), second = AckPeer.Picture(2), third = AckPeer.Picture(3);
        await using (var receiver = await RunningReceiver.StartAsync(folder.FullName))
        {
            using var peer = await AckPeer.ConnectAsync(receiver);
            await peer.SendAsync(first, 1);
            await peer.SendBareAsync(second);
            await peer.SendAsync(third, 3);
            await peer.HelloAsync();
            await peer.AckAsync(1);
            await peer.AckAsync(3);
        }
        Assert.Equal([first, second, third], Stored());
    }

    [Fact]
    public async Task Without_a_store_hello_says_so_and_no_ack_comes()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        using var peer = await AckPeer.ConnectAsync(receiver);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.SendAsync(AckPeer.Picture(1), 1);
        await peer.SendAsync(AckPeer.Picture(2), 2);
        var hello = Assert.Single(await peer.EndAsync());
        Assert.Equal((ReceiverLineKind.Hello, false), (hello.Kind, hello.Stores));
        var camera = await receiver.CameraAsync("garden/0");
        Assert.Equal((2, 1, 0), (camera.GetProperty("frames").GetInt64(), camera.GetProperty("duplicates").GetInt64(), camera.GetProperty("acked").GetInt64()));
    }

    [Fact]
    public async Task Idle_lines_come_to_whom_they_were_promised()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        receiver.Link.IdleLines = TimeSpan.FromMilliseconds(100);
        using var wants = await AckPeer.ConnectAsync(receiver, AckOptions.Offer | AckOptions.IdleLines);
        using var wantsNot = await AckPeer.ConnectAsync(receiver);
        await wantsNot.SendAsync(AckPeer.Picture(1, camera: "quiet/0"), 1);
        await wantsNot.HelloAsync();
        await wants.SendAsync(AckPeer.Picture(1), 1);
        await wants.HelloAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(new ReceiverLine(ReceiverLineKind.Idle), await wants.ReadAsync());
        Assert.Empty(await wantsNot.EndAsync());
        Assert.All(await wants.EndAsync(), line => Assert.Equal(ReceiverLineKind.Idle, line.Kind));
    }
}
