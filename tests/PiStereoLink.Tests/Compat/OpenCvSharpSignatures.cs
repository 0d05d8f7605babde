using System.Runtime.CompilerServices;
using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

/// <summary>
/// One list, held from two sides: the default build holds compat/ to the list, and a build with CardPackages=true holds
/// the list to the package. What the list cannot see is an overload that we left out, so the card build has the last word.
/// </summary>
public class OpenCvSharpSignatures
{
    [Fact]
    public void Every_recorded_signature_exists()
    {
        var missing = Recorded().Except(ApiText.Of(typeof(Cv2).Assembly));
        Assert.Empty(missing);
    }

    [Fact]
    public void Nothing_of_ours_is_unrecorded()
    {
        WhichOpenCvSharp.SkipUnlessOurs("The package has far more than we call.");
        var unrecorded = ApiText.Of(typeof(Cv2).Assembly).Except(Recorded());
        Assert.Empty(unrecorded);
    }

    [Fact]
    public void The_recorded_list_is_sorted_and_has_no_line_twice()
    {
        var lines = Recorded();
        Assert.Equal(lines.Order(StringComparer.Ordinal).Distinct(), lines);
    }

    private static string[] Recorded([CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "OpenCvSharp.api.txt"));
}
