using PiStereoLink.Receiver;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Receiver;

/// <summary>A rig's matcher comes from a file that the window or a command has saved.</summary>
public sealed class RigPresetTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_preset_without_a_name_is_for_every_rig_that_has_none_of_its_own()
    {
        await File.WriteAllBytesAsync(file, MatcherPreset.Write(new StereoSgbmParameters { NumDisparities = 96 }), TestContext.Current.CancellationToken);
        var own = file + ".own";
        await File.WriteAllBytesAsync(own, MatcherPreset.Write(new StereoBmParameters { NumDisparities = 48 }), TestContext.Current.CancellationToken);
        try
        {
            await using var receiver = await RunningReceiver.StartAsync(new ReceiverSettings { Rigs = ["one=a/0,b/0", "two=c/0,d/0"], Presets = [$"two={own}", file] });
            var rigs = (await receiver.StatusAsync()).GetProperty("rigs");
            Assert.Equal([96, 48], rigs.EnumerateArray().Select(rig => rig.GetProperty("numDisparities").GetInt32()));
        }
        finally
        {
            File.Delete(own);
        }
    }

    [Fact]
    public async Task A_preset_for_no_rig_is_refused_with_those_that_there_are() =>
        Assert.StartsWith("The preset three=x.json is for no rig. Known: one.", (await Assert.ThrowsAsync<FormatException>(() =>
            RunningReceiver.StartAsync(new ReceiverSettings { Rigs = ["one=a/0,b/0"], Presets = ["three=x.json"] }))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_preset_that_cannot_be_is_refused_before_anything_starts()
    {
        await File.WriteAllTextAsync(file, """{"matcher":"bm","blockSize":20}""", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunningReceiver.StartAsync(new ReceiverSettings { Rigs = ["one=a/0,b/0"], Presets = [file] }));
        Assert.Equal($"{file} is no usable preset: blockSize is 20; an odd number from 5 to 255 is allowed.", refused.Message);
    }

    [Theory]
    [InlineData("/rigs/one/disparity.png")]
    [InlineData("/rigs/one/disparity")]
    public async Task Disparities_that_no_16_bit_png_holds_are_refused_in_a_sentence(string path)
    {
        await File.WriteAllBytesAsync(file, MatcherPreset.Write(new StereoBmParameters { NumDisparities = 256 }), TestContext.Current.CancellationToken);
        await using var receiver = await RunningReceiver.StartAsync(new ReceiverSettings { Rigs = ["one=a/0,b/0"], Presets = [file] });
        using var answer = await receiver.Web.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("looks for up to 260 px", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
