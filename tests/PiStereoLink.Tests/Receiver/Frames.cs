using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Receiver;

/// <summary>Frames for tests that look at times and owners, not at pixels.</summary>
internal static class Frames
{
    public static readonly CameraName Left = new("a", "0"), Right = new("b", "0");
    private static readonly DateTime Start = new(2026, 11, 21, 8, 45, 12, DateTimeKind.Utc);

    public static Frame At(double milliseconds, CameraName? camera = null, ulong sequence = 1, byte[]? jpeg = null)
    {
        var buffer = FrameBuffer.Rent();
        buffer.Append(jpeg ?? [0xFF, 0xD8, 0xFF, 0xD9]);
        return new Frame(camera ?? Left, new FrameIdentity(0, 7, sequence), Start.AddTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond)), stamp: null, buffer);
    }

    public static double Milliseconds(this Frame frame) => (frame.CapturedAt - Start).TotalMilliseconds;

    public static bool IsGone(this Frame frame)
    {
        if (!frame.TryRetain())
            return true;
        frame.Dispose();
        return false;
    }
}
