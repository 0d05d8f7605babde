using System.Security.Cryptography;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>What the picamera recipe's sender meets: every byte kept, never a byte back.</summary>
public sealed class RecipeSessionTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-store-");

    public void Dispose() => folder.Delete(recursive: true);

    private IEnumerable<string> Stored() => Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static byte[] Session(params byte[][] jpegs) => [.. Pieces.Framed(jpegs), 0, 0, 0, 0];

    [Fact]
    public async Task Two_hundred_sessions_at_once_are_stored_whole_and_get_no_byte_back()
    {
        var jpegs = Enumerable.Range(1, 10).Select(i => Pictures.Skeleton(entropyBytes: i * 1000)).ToArray();
        var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await using (receiver)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => receiver.ExchangeAsync(Session(jpegs))));
            Assert.All(answers, Assert.Empty);
            await receiver.StopAsync();
        }

        var expected = jpegs.Select(jpeg => Convert.ToHexString(SHA256.HashData(jpeg))).SelectMany(hash => Enumerable.Repeat(hash, 200)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Stored().Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Stored(), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Frames_without_a_stamp_lie_under_their_address_in_the_order_they_came()
    {
        byte[][] jpegs = [Pictures.Skeleton(entropyBytes: 1), Pictures.Skeleton(entropyBytes: 2), Pictures.Skeleton(entropyBytes: 3)];
        var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await using (receiver)
        {
            await receiver.ExchangeAsync(Session(jpegs), from: "127.0.0.9");
            await receiver.StopAsync();
        }
        var files = Stored().ToArray();
        Assert.Equal(jpegs, files.Select(File.ReadAllBytes));
        for (var i = 0; i < files.Length; i++)
            Assert.Matches($@"^legacy-127-0-0-9/0/\d{{4}}-\d\d-\d\d/\d{{6}}\.\d{{6}}Z-[0-9a-f]{{8}}-{i + 1:d20}\.jpg$", Path.GetRelativePath(folder.FullName, files[i]));
    }

    [Fact]
    public async Task A_stamped_frame_lies_under_its_own_name_and_time()
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(Pictures.Skeleton());
        using var stamped = StampWriter.Write(buffer, new Stamp
        {
            Camera = new CameraName("garden", "1"),
            Identity = new FrameIdentity(1, 0xAB, 42),
            CapturedAt = new DateTime(2026, 11, 21, 8, 45, 12, DateTimeKind.Utc).AddMicroseconds(123456),
        });
        var receiver = await RunningReceiver.StartAsync(folder.FullName);
        await using (receiver)
        {
            await receiver.ExchangeAsync(Session(stamped.Span.ToArray(), stamped.Span.ToArray()));
            await receiver.StopAsync();
        }
        var file = Assert.Single(Stored());      // sent twice, kept once
        Assert.Equal("garden/1/2026-11-21/084512.123456Z-000000ab-00000000000000000042.jpg", Path.GetRelativePath(folder.FullName, file));
        Assert.Equal(stamped.Span.ToArray(), File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Two_senders_of_one_address_are_two_cameras_and_a_number_is_used_again()
    {
        await using var receiver = await RunningReceiver.StartAsync();
        using (var first = await receiver.ConnectAsync())
        using (var second = await receiver.ConnectAsync())
        {
            await first.SendAsync(Pieces.Framed(Pictures.Skeleton()), TestContext.Current.CancellationToken);
            await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("cameras").GetArrayLength() == 1);
            await second.SendAsync(Pieces.Framed(Pictures.Skeleton()), TestContext.Current.CancellationToken);
            await Until.TrueAsync(async () => (await receiver.StatusAsync()).GetProperty("cameras").GetArrayLength() == 2);
        }
        await Until.TrueAsync(async () => !(await receiver.CameraAsync("legacy-127-0-0-1/0")).GetProperty("connected").GetBoolean());
        await receiver.ExchangeAsync(Session(Pictures.Skeleton()));
        Assert.Equal(2, (await receiver.StatusAsync()).GetProperty("cameras").GetArrayLength());
        Assert.Equal(2, (await receiver.CameraAsync("legacy-127-0-0-1/0")).GetProperty("frames").GetInt64());
    }

    [Fact]
    public async Task A_store_that_takes_nothing_turns_health_red_and_the_picture_is_still_shown()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a folder that cannot be written to");
        var file = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(file, "in the way", TestContext.Current.CancellationToken);
        await using var receiver = await RunningReceiver.StartAsync(Path.Combine(file, "store"));
        await receiver.ExchangeAsync(Session(Pictures.Skeleton()));
        await Until.TrueAsync(async () => (int)(await receiver.Web.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode == 503);
        Assert.Equal(1, (await receiver.CameraAsync("legacy-127-0-0-1/0")).GetProperty("dropped").GetProperty("disk").GetInt64());
        Assert.True((await receiver.Web.GetAsync("/cameras/legacy-127-0-0-1/0/snapshot.jpg", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }
}
