using PiStereoLink.Agent;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>The pools of the frames are those of the whole process, so nothing else may run meanwhile.</summary>
[Collection(nameof(Compat.NativeMemory))]
public class GarbageTests
{
    private const int Warm = 50, Measured = 500;

    [Fact]
    public void From_the_pipe_to_the_link_a_picture_leaves_no_garbage()
    {
        var name = new CameraName("garden", "0");
        var picture = Pictures.Skeleton(entropyBytes: 50_000);
        var metadata = new CameraMetadata { WallClockNanoseconds = 1_795_257_633_633_333_000, SensorNanoseconds = 92_433_124_000, ExposureMicroseconds = 9996, AnalogueGain = 1.5, DigitalGain = 1 };
        var stamper = new FrameStamper(name, "install", 1, TimeSpan.FromMilliseconds(33), TimeProvider.System);
        var queue = new OutgoingFrames(8, frame => frame.Dispose());
        using var splitter = new MjpegSplitter();

        void Pass()
        {
            for (var at = 0; at < picture.Length;)
            {
                var count = Math.Min(splitter.Free.Length, picture.Length - at);
                picture.AsSpan(at, count).CopyTo(splitter.Free);
                splitter.Advance(count);
                at += count;
            }
            Assert.True(splitter.TryRead(out var whole));
            queue.TryWrite(stamper.Stamp(whole, splitter.Exif, metadata, "imx219"));
            Assert.True(queue.TryRead(out var frame));
            Assert.False(frame.Framed.IsEmpty);
            frame.Dispose();
        }

        Assert.InRange(PerRound(Pass), 0, 64);
    }

    [Fact]
    public void Stamps_of_one_camera_are_read_without_garbage()
    {
        var stamper = new FrameStamper(new CameraName("garden", "0"), "install", 1, TimeSpan.FromMilliseconds(33), TimeProvider.System);
        var buffer = FrameBuffer.Rent();
        buffer.Append(Pictures.Skeleton());
        using var frame = stamper.Stamp(buffer, default, new CameraMetadata { AnalogueGain = 1.5 }, "imx219");
        Stamp last = default;

        Assert.InRange(PerRound(() => Assert.True(StampReader.TryRead(frame.Bytes.Span, last, out last))), 0, 16);
        Assert.Equal((new CameraName("garden", "0"), "imx219"), (last.Camera, last.Sensor));
    }

    private static double PerRound(Action round)
    {
        for (var i = 0; i < Warm; i++)
            round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Measured; i++)
            round();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Measured;
    }
}
