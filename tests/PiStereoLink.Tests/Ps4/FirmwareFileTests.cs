using PiStereoLink.Receiver.Ps4;

namespace PiStereoLink.Tests.Ps4;

/// <summary>Which files are taken for a firmware.</summary>
public sealed class FirmwareFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-ps4-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void An_unknown_one_is_taken_only_when_that_is_said()
    {
        var file = Write(64529);
        var refused = Assert.Throws<InvalidDataException>(() => Firmware.Load(file, allowUnknown: false));
        Assert.Contains("none of the 3 known firmwares", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--unknown-firmware", refused.Message, StringComparison.Ordinal);

        var firmware = Firmware.Load(file, allowUnknown: true);
        Assert.Equal(64529, firmware.Bytes.Length);
        Assert.Null(firmware.Origin);
        Assert.Matches("^[0-9a-f]{40}$", firmware.Sha1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Firmware.LeastBytes - 1)]
    [InlineData(Firmware.MostBytes + 1)]
    public void A_file_of_another_size_is_none_whatever_is_said(int bytes)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Firmware.Load(Write(bytes), allowUnknown: true));
        Assert.Contains($"has {bytes} bytes; a PS4 camera's firmware has 49152 to 98304", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_says_that_none_comes_with_the_program() =>
        Assert.Contains("none comes with this program", Assert.Throws<FileNotFoundException>(() => Firmware.Load(Path.Combine(folder.FullName, "none.bin"), false)).Message, StringComparison.Ordinal);

    private string Write(int bytes)
    {
        var file = Path.Combine(folder.FullName, "firmware.bin");
        File.WriteAllBytes(file, new byte[bytes]);
        return file;
    }
}
