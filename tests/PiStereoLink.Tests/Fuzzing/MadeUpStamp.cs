using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Fuzzing;

/// <summary>Stamps with any values that one may hold, and that survive being written.</summary>
internal static class MadeUpStamp
{
    private static readonly string[] Names = ["0", "a", "garden-left", "pi-1", "abcdefghijklmnopqrstuvwxyz012345"];
    private static readonly string?[] Sensors = [null, "imx219", "ov9281", new string('s', 64)];
    private static readonly string?[] Boots = [null, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"];

    /// <summary>The years 2000 to 2100: with any offset allowed they stay between 1970 and 9999.</summary>
    private const long FirstMicroseconds = 946_684_800_000_000, Microseconds = 3_155_760_000_000_000, MaxOffset = 900_000_000_000_000;

    public static Stamp Make(Draw draw) => new()
    {
        Camera = new CameraName(draw.Pick<string>(Names), draw.Pick<string>(Names)),
        Identity = new FrameIdentity((uint)draw.Number(), (uint)draw.Number(), draw.Number()),
        CapturedAt = Stamp.FromMicroseconds(FirstMicroseconds + (long)(draw.Number() % Microseconds))!.Value,
        Clock = new ClockState(
            (ClockSource)draw.Below(3),
            draw.OneIn(2) ? null : (long)(draw.Number() % (2 * MaxOffset)) - MaxOffset,
            draw.OneIn(2) ? null : (long)draw.Number()),
        Boot = draw.Pick<string?>(Boots),
        MonotonicNanoseconds = draw.OneIn(2) ? null : (long)draw.Number(),
        Sensor = draw.Pick<string?>(Sensors),
        ExposureMicroseconds = draw.OneIn(2) ? null : draw.Between(1, int.MaxValue - 1),
        AnalogueGain = draw.OneIn(2) ? null : draw.Below(1000) / 16.0,
        DigitalGain = draw.OneIn(2) ? null : draw.Below(1000) / 16.0,
    };
}
