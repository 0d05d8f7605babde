namespace PiStereoLink.Tests.Ps4;

/// <summary><c>receiver ps4 load-firmware</c> as a user runs it, without a camera.</summary>
public sealed class LoadFirmwareTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-ps4-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("--device", "four", "--device four: bus and number are needed, such as 002/004")]
    [InlineData("--wait", "-1", "--wait -1: 0 to 86400 seconds are allowed.")]
    public async Task A_wrong_option_is_named(string option, string value, string sentence)
    {
        var (exitCode, output, errors) = await RunAsync("--firmware", Blob(), option, value);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_firmware_is_refused_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Firmware is loaded on Linux only.");
        var (exitCode, output, errors) = await RunAsync("--firmware", Blob());
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("is none of the 3 known firmwares", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_device_that_is_none_is_said()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Firmware is loaded on Linux only.");
        var (exitCode, _, errors) = await RunAsync("--firmware", Blob(), "--unknown-firmware", "--device", "251/126");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("There is no USB device at 251/126.", errors, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var ended = await Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), ["ps4", "load-firmware", .. arguments]);
        return (ended.ExitCode, ended.Output, ended.Errors);
    }

    private string Blob()
    {
        var file = Path.Combine(folder.FullName, "firmware.bin");
        File.WriteAllBytes(file, new byte[64529]);
        return file;
    }
}
