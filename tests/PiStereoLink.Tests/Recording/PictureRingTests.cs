using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Recording;

public class PictureRingTests
{
    /// <summary>Ten a second, each fourth a key picture.</summary>
    private static FilmedPicture Picture(int number, int bytes = 100) =>
        new(Enumerable.Repeat((byte)number, bytes).ToArray(), number % 4 == 0, DateTime.UnixEpoch, TimeSpan.FromSeconds(number / 10.0));

    private static int[] Numbers(PictureRing ring) => [.. ring.Pictures().Select(picture => (int)picture.Bytes.Span[0])];

    private static PictureRing Filled(CircularLimit limit, int count)
    {
        var ring = new PictureRing(limit);
        for (var number = 0; number < count; number++)
            ring.Add(Picture(number));
        return ring;
    }

    [Fact]
    public void It_keeps_as_long_as_asked_for_and_begins_at_a_key_picture()
    {
        Assert.Equal(Enumerable.Range(0, 5), Numbers(Filled(new(TimeSpan.FromSeconds(1), 1_000_000), 5)));
        // One second before picture 17 is picture 7, and the key picture before that is 4.
        Assert.Equal(Enumerable.Range(4, 14), Numbers(Filled(new(TimeSpan.FromSeconds(1), 1_000_000), 18)));
        Assert.Equal(Enumerable.Range(8, 11), Numbers(Filled(new(TimeSpan.FromSeconds(1), 1_000_000), 19)));
    }

    [Fact]
    public void It_never_keeps_more_bytes_than_allowed()
    {
        var ring = new PictureRing(new(null, 1000));
        for (var number = 0; number < 100; number++)
        {
            ring.Add(Picture(number));
            Assert.InRange(ring.Bytes, 0, 1000);
        }
        Assert.Equal(Enumerable.Range(92, 8), Numbers(ring));
    }

    [Fact]
    public void Where_not_even_one_key_picture_and_its_followers_fit_it_says_so()
    {
        var ring = new PictureRing(new(null, 350));
        for (var number = 0; number < 3; number++)
            ring.Add(Picture(number));
        var refused = Assert.Throws<RecordingException>(() => ring.Add(Picture(3)));
        Assert.Contains("ask for a smaller --intra", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_cut_it_waits_for_a_key_picture()
    {
        var ring = Filled(new(TimeSpan.FromSeconds(10), 1_000_000), 6);
        ring.Cut();
        foreach (var number in (int[])[6, 7, 8, 9])
            ring.Add(Picture(number));
        Assert.Equal([0, 1, 2, 3, 4, 5, 8, 9], Numbers(ring));
    }
}
