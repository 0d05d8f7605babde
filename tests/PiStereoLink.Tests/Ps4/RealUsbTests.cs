using System.Runtime.Versioning;
using System.Text.Json;

namespace PiStereoLink.Tests.Ps4;

/// <summary>The real program, the real USB of the kernel, and at its other end a gadget in the camera's place.</summary>
[SupportedOSPlatform("linux")]
public sealed class RealUsbTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_firmware_arrives_whole_and_the_camera_comes_back()
    {
        using var gadget = Plugged();
        var ended = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "ps4", "load-firmware", "--firmware", Firmware(), "--unknown-firmware", "--wait", "60", "--json");
        TestContext.Current.TestOutputHelper?.WriteLine(ended.Errors + ended.Output);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(Enumerable.Range(0, 127).Select(i => ((ushort)(512 * i), (ushort)0x14)).Append(((ushort)0x2200, (ushort)0x8018)), gadget.Taken.Select(transfer => (transfer.Value, transfer.Index)));
        Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), gadget.Firmware);
        using var result = JsonDocument.Parse(ended.Output);
        Assert.Equal("05a9:058a", result.RootElement.GetProperty("id").GetString());
        Assert.Equal(127, result.RootElement.GetProperty("transfers").GetInt32());

        var again = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), "ps4", "load-firmware", "--firmware", file, "--unknown-firmware");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("has its firmware already", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_open_it_is_told_of_the_udev_rule()
    {
        using var gadget = Plugged();
        Firmware();
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var ended = await Tool.RunInstalledAsync("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
            Programs.Path("PiStereoLink.Receiver"), "ps4", "load-firmware", "--firmware", file, "--unknown-firmware", "--wait", "60");
        TestContext.Current.TestOutputHelper?.WriteLine(ended.Errors);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("install the udev rule deploy/workstation/70-pistereolink-ps4.rules", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(gadget.Taken);
    }

    private static Ps4Gadget Plugged()
    {
        var why = Ps4Gadget.WhyNot();
        Assert.SkipWhen(why is not null, why ?? "");
        return new Ps4Gadget();
    }

    private string Firmware()
    {
        File.WriteAllBytes(file, [.. Enumerable.Range(0, 64529).Select(i => (byte)(i * 31 + i / 512))]);
        return file;
    }
}
