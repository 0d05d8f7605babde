using System.Runtime.CompilerServices;
using Iot.Device.Media;

namespace PiStereoLink.Tests.Compat;

/// <summary>compat/Iot.Device.Bindings and the package are held to one list, as OpenCvSharp's are.</summary>
public class VideoSignatures
{
    private static readonly bool IsOurs = typeof(VideoDevice).Assembly.GetType("Iot.Device.Media.Kernel") is not null;

    [Fact]
    public void Every_recorded_signature_exists()
    {
        var missing = Recorded().Except(ApiText.Of(typeof(VideoDevice).Assembly));
        Assert.Empty(missing);
    }

    [Fact]
    public void Nothing_of_ours_is_unrecorded()
    {
        Assert.SkipUnless(IsOurs, "Runs over compat/Iot.Device.Bindings only. The package has far more than we call.");
        var unrecorded = ApiText.Of(typeof(VideoDevice).Assembly).Except(Recorded());
        Assert.Empty(unrecorded);
    }

    [Fact]
    public void The_recorded_list_is_sorted_and_has_no_line_twice()
    {
        var lines = Recorded();
        Assert.Equal(lines.Order(StringComparer.Ordinal).Distinct(), lines);
    }

    private static string[] Recorded([CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "Video.api.txt"));
}
