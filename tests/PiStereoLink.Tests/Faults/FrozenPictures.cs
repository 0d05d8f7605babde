using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Faults;

public class FrozenPictures
{
    private const int Detail = 40_000;      // bytes for 640x480: a picture of something

    private readonly SteppedClock clock = new();
    private readonly FrozenPicture row;

    public FrozenPictures() => row = new FrozenPicture(clock);

    [Fact]
    public void The_same_bytes_for_ten_seconds_are_a_frozen_camera()
    {
        Assert.Equal(PictureRow.Frozen, Assert.Single(Look(seconds: 11, Picture(1))));
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Pictures_of_one_length_that_differ_are_not()
    {
        for (var i = 0; i < 40; i++)
            Assert.Empty(Look(seconds: 1, Picture(i)));
    }

    [Fact]
    public void Ten_seconds_begin_anew_with_each_picture_that_differs()
    {
        for (var i = 0; i < 4; i++)
            Assert.Empty(Look(seconds: 9, Picture(i)));
    }

    [Fact]
    public void A_time_in_the_EXIF_does_not_make_it_another_picture()
    {
        for (var i = 0; i < 20; i++)
            if (row.Look(Pictures.Skeleton(entropyBytes: Detail, app1: [.. "Exif\0\0"u8, (byte)i])) == PictureRow.Frozen)
                return;
            else
                clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Fail("not noticed");
    }

    [Fact]
    public void A_slow_camera_is_not_judged_by_two_pictures()
    {
        Assert.Equal(PictureRow.Fine, row.Look(Picture(1)));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(PictureRow.Fine, row.Look(Picture(1)));
    }

    [Fact]
    public void What_a_restart_did_not_change_is_said_once_and_left_alone()
    {
        Assert.Equal([PictureRow.Frozen], Look(seconds: 12, Picture(1)));
        row.Restarted();
        Assert.Equal([PictureRow.Still], Look(seconds: 120, Picture(1)));
    }

    [Fact]
    public void Frozen_another_time_it_is_restarted_again()
    {
        Look(seconds: 12, Picture(1));
        row.Restarted();
        Assert.Equal([PictureRow.Frozen], Look(seconds: 12, Picture(2)));
    }

    [Fact]
    public void A_covered_lens_is_said_once_and_never_restarted_even_when_a_pixel_flickers()
    {
        var night = Enumerable.Range(0, 20).SelectMany(i => Look(seconds: 12, Pictures.Skeleton(entropyBytes: 5000 + i % 2)));
        Assert.Equal([PictureRow.Flat], night);
        Assert.Empty(Look(seconds: 1, Picture(1)));
        Assert.Equal([PictureRow.Flat], Look(seconds: 12, Pictures.Skeleton(entropyBytes: 5000)));
    }

    /// <summary>Pictures of one length: in each, all that follows a place in its middle is moved by another amount.</summary>
    private static byte[] Picture(int i)
    {
        var jpeg = Pictures.Skeleton(entropyBytes: Detail);
        foreach (ref var entropy in jpeg.AsSpan(jpeg.Length / 2, jpeg.Length / 2 - 2))
            entropy = (byte)((entropy + i) % 251);
        return jpeg;
    }

    /// <summary>Ten times a second; what was said but Fine.</summary>
    private List<PictureRow> Look(int seconds, byte[] picture)
    {
        var said = new List<PictureRow>();
        for (var i = 0; i < 10 * seconds; i++)
        {
            said.Add(row.Look(picture));
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        return said.FindAll(what => what != PictureRow.Fine);
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Elapsed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;

        public void Advance(TimeSpan by) => Elapsed += by;
    }
}
