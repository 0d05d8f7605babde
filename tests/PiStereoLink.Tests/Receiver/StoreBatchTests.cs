using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Frames that reach the disk together.</summary>
public sealed class StoreBatchTests : IDisposable
{
    private const int Numbers = 30;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-batch-");

    public void Dispose() => folder.Delete(recursive: true);

    private FileInfo[] Stored() => folder.GetFiles("*", SearchOption.AllDirectories);

    [Fact]
    public async Task A_frame_that_comes_twice_and_as_another_picture_in_one_piece_is_kept_once_each()
    {
        var frames = new List<byte[]>();
        for (ulong number = 1; number <= Numbers; number++)
            foreach (var picture in new[] { AckPeer.Picture(number), AckPeer.Picture(number), AckPeer.Picture(number, entropyBytes: 300) })
                frames.Add(AckPeer.WithTrailer(picture, number, frames.Count == 0 ? AckOptions.Offer : AckOptions.None));
        var answers = "";
        await using (var receiver = await RunningReceiver.StartAsync(folder.FullName))
        {
            answers = Encoding.UTF8.GetString(await receiver.ExchangeAsync([.. Pieces.Framed([.. frames]), 0, 0, 0, 0]));
            var camera = await receiver.CameraAsync("garden/0");
            Assert.Equal((frames.Count, 0), (camera.GetProperty("acked").GetInt32(), camera.GetProperty("nacked").EnumerateObject().Count()));
        }
        Assert.Equal(frames.Count, answers.Split("{\"ack\"").Length - 1);
        Assert.DoesNotContain("nack", answers, StringComparison.Ordinal);
        var pictures = Enumerable.Range(1, Numbers).SelectMany(number => new[] { AckPeer.Picture((ulong)number), AckPeer.Picture((ulong)number, entropyBytes: 300) });
        Assert.Equal(pictures.Select(Convert.ToHexString).Order(StringComparer.Ordinal), Stored().Select(file => Convert.ToHexString(File.ReadAllBytes(file.FullName))).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Stored(), file => file.Name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_burst_of_several_cameras_is_whole_on_disk_when_it_is_acknowledged()
    {
        await using var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async camera =>
        {
            using var peer = await AckPeer.ConnectAsync(receiver);
            var pictures = Enumerable.Range(1, Numbers).Select(number => AckPeer.Picture((ulong)number, entropyBytes: 40_000, camera: $"burst/{camera}")).ToList();
            foreach (var (picture, number) in pictures.Select((picture, at) => (picture, (ulong)at + 1)))
                await peer.SendAsync(picture, number);
            await peer.HelloAsync();
            for (ulong number = 1; number <= Numbers; number++)
            {
                await peer.AckAsync(number);
                var file = Assert.Single(folder.GetFiles($"*-{AckPeer.Run:x8}-{number:d20}.jpg", SearchOption.AllDirectories), file => file.FullName.Contains($"/burst/{camera}/", StringComparison.Ordinal));
                Assert.Equal(pictures[(int)number - 1], await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken));
            }
        }));
    }
}
