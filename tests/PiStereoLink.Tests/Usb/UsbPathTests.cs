using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Usb;

/// <summary>Names that stay, and the numbers that they lead to.</summary>
public sealed class UsbPathTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-usb-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_link_is_followed_to_the_number_that_it_has_now()
    {
        File.WriteAllText(At("video0"), "");
        File.WriteAllText(At("video12"), "");
        var link = At("usb-0:1.1:1.0-video-index0");
        File.CreateSymbolicLink(link, "video0");
        Assert.Equal((At("video"), 0, At("video0")), (UsbPath.Find(link).Prefix, UsbPath.Find(link).Number, UsbPath.Find(link).Device));
        File.Delete(link);
        File.CreateSymbolicLink(link, "video12");
        Assert.Equal($"{link} ({At("video12")})", UsbPath.Find(link).ToString());
        Assert.Equal(At("video0"), UsbPath.Find(At("video0")).ToString());
    }

    [Fact]
    public void What_is_not_there_and_a_link_that_leads_nowhere_are_said_to_be_missing()
    {
        var link = At("usb-0:1.1:1.0-video-index0");
        Assert.Equal(Missing(link), Assert.Throws<CameraException>(() => UsbPath.Find(link)).Message);
        File.CreateSymbolicLink(link, "video0");
        Assert.Equal(Missing(link), Assert.Throws<CameraException>(() => UsbPath.Find(link)).Message);
    }

    [Fact]
    public void What_has_no_number_is_no_video_device()
    {
        File.WriteAllText(At("camera"), "");
        Assert.StartsWith($"--camera {At("camera")} is no video device: ", Assert.Throws<CameraException>(() => UsbPath.Find(At("camera"))).Message, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static string Missing(string camera) =>
        $"--camera {camera} is not there. Is the camera plugged in? `agent cameras` lists those that are, with the names that stay the same.";
}
