using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>
/// A recorded session, byte for byte: one frame without a stamp, one with a full one, the end. What is written must not change by
/// accident, since old scripts and other languages read it; and what comes back is nothing.
/// </summary>
public sealed class GoldenBytesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-golden-");

    public void Dispose() => folder.Delete(recursive: true);

    private static byte[] Golden([CallerFilePath] string here = "") =>
        Convert.FromHexString(string.Concat(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "golden", "session.hex")).Where(char.IsAsciiHexDigit)));

    private static byte[] Stamped()
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(Pictures.Skeleton(16, 8, entropyBytes: 4));
        using var stamped = StampWriter.Write(buffer, new Stamp
        {
            Camera = new CameraName("garden-left", "0"),
            Identity = new FrameIdentity(0xDEADBEEF, 7, 42),
            CapturedAt = new DateTime(2026, 11, 21, 8, 45, 12, DateTimeKind.Utc).AddMicroseconds(123456),
            Boot = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            MonotonicNanoseconds = 123_456_789_012,
            Sensor = "imx219",
            ExposureMicroseconds = 16_666,
            AnalogueGain = 2.5,
            DigitalGain = 1.125,
        });
        return stamped.Span.ToArray();
    }

    [Fact]
    public async Task A_session_is_written_as_recorded()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writer = new FrameWriter(pipe.Writer);
        await writer.WriteAsync(Pictures.Skeleton(16, 8, entropyBytes: 4), TestContext.Current.CancellationToken);
        await writer.WriteAsync(Stamped(), TestContext.Current.CancellationToken);
        await writer.EndAsync(TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        using var written = new MemoryStream();
        await pipe.Reader.CopyToAsync(written, TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexString(Golden()), Convert.ToHexString(written.ToArray()));
    }

    [Fact]
    public async Task The_recorded_session_is_stored_and_nothing_comes_back()
    {
        await using (var receiver = await RunningReceiver.StartAsync(folder.FullName))
            Assert.Empty(await receiver.ExchangeAsync(Golden(), from: "127.0.0.7"));
        var stored = Directory.EnumerateFiles(folder.FullName, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        // The connection is the unstamped camera of its first frame: the second, which names another, is kept under it too.
        Assert.Equal(2, stored.Length);
        Assert.All(stored, file => Assert.Contains("legacy-127-0-0-7", file, StringComparison.Ordinal));
        Assert.Equal([Pictures.Skeleton(16, 8, entropyBytes: 4), Stamped()], stored.Select(File.ReadAllBytes));
    }
}
