using System.Device.Gpio;
using System.Reflection;
using System.Runtime.CompilerServices;
using Iot.Device.Media;
using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

/// <summary>
/// One list for each package, held from two sides: the default build holds compat/ to the list, and a build with CardPackages=true holds
/// the list to the package. What the list cannot see is an overload that we left out, so the card build has the last word.
/// </summary>
public class Signatures
{
    private static readonly Dictionary<string, (Assembly Assembly, bool IsOurs)> Packages = new()
    {
        ["OpenCvSharp"] = (typeof(Cv2).Assembly, WhichOpenCvSharp.IsOurs),
        ["Gpio"] = (typeof(GpioController).Assembly, typeof(GpioController).Assembly.GetType("System.Device.Gpio.Kernel") is not null),
        ["Video"] = (typeof(VideoDevice).Assembly, typeof(VideoDevice).Assembly.GetType("Iot.Device.Media.Kernel") is not null),
    };

    public static TheoryData<string> Lists => new(Packages.Keys);

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_recorded_signature_exists(string list) =>
        Assert.Empty(Recorded(list).Except(ApiText.Of(Packages[list].Assembly)));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Nothing_of_ours_is_unrecorded(string list)
    {
        Assert.SkipUnless(Packages[list].IsOurs, "Runs over compat/ only. The package has far more than we call.");
        Assert.Empty(ApiText.Of(Packages[list].Assembly).Except(Recorded(list)));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_recorded_list_is_sorted_and_has_no_line_twice(string list) =>
        Assert.Equal(Recorded(list).Order(StringComparer.Ordinal).Distinct(), Recorded(list));

    private static string[] Recorded(string list, [CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, $"{list}.api.txt"));
}
