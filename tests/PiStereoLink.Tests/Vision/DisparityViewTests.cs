using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Vision;

public class DisparityViewTests
{
    private static readonly DisparityMap Map = new(4, 1, [-16, 64 * 16, 128 * 16, 16], 0, 160);

    [Fact]
    public void Grey_is_the_16_bit_disparity_over_2048_as_the_blog_has_it()
    {
        using var view = EncodedPicture.DecodeAsStored(new DisparityView().Encode(Map, ".png"), "view");
        Assert.Equal(MatType.CV_8UC1, view.Type());
        Assert.Equal([0, 128, 255, 2], view.RowSpan<byte>(0).ToArray());
    }

    [Fact]
    public void A_colour_map_is_OpenCVs_and_nothing_is_black()
    {
        using var view = EncodedPicture.DecodeColour(new DisparityView(64, DisparityView.Names["jet"]).Encode(Map, ".png"), "view");
        using var grey = new Mat(1, 1, MatType.CV_8UC1, new Scalar(255));
        using var expected = new Mat();
        Cv2.ApplyColorMap(grey, expected, ColormapTypes.Jet);
        Assert.Equal([default, expected.Get<Bgr>(0, 0), expected.Get<Bgr>(0, 0)], view.RowSpan<Bgr>(0)[..3].ToArray());
    }

    [Fact]
    public void Every_scale_of_OpenCV_has_a_name() =>
        Assert.Equal((22, ColormapTypes.TwilightShifted), (DisparityView.Names.Count, DisparityView.Names["twilight-shifted"]));
}
