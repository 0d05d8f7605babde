using PiStereoLink.Tests.SimulatedCamera;

namespace PiStereoLink.Tests.Faults;

/// <summary>The simulated camera's own part in these tests.</summary>
public class SimulatedFaults
{
    private const string Three = CameraProcess.Small + "--frames 3";

    [Fact]
    public async Task A_fault_to_be_played_once_is_played_by_the_first_run_alone()
    {
        using var folder = new ScratchFolder();
        var fault = $"exit:7:1,once:{folder.File("played")}";
        Assert.Equal(7, (await CameraProcess.RunAsync(Three, fault)).ExitCode);
        Assert.Equal(0, (await CameraProcess.RunAsync(Three, fault)).ExitCode);
    }

    [Fact]
    public async Task Two_pictures_take_turns_when_that_is_asked_for()
    {
        var (_, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 7", "two-pictures:3");
        var pictures = Jpegs.Split(stdout).ConvertAll(Convert.ToBase64String);
        Assert.Equal(3, pictures.Distinct().Count());
        Assert.Equal([pictures[1], pictures[2], pictures[1], pictures[2]], pictures[3..]);
    }

    [Theory]
    [InlineData("rpicam-vid", "wrong-stack", 255, "ERROR: the system appears to be configured for the legacy camera stack\n")]
    [InlineData("raspivid", "wrong-stack", 255, "ERROR: the system should be configured for the legacy camera stack\n")]
    [InlineData("rpicam-vid", "bandwidth", 255, "Failed to start streaming: No space left on device\nERROR: *** failed to start camera ***\n")]
    public async Task Refusals_are_in_the_programs_own_words(string program, string fault, int code, string words)
    {
        var (exitCode, stdout, stderr) = await CameraProcess.RunAsync(program == "raspivid" ? "-o - -t 1" : Three, fault, named: program);
        Assert.Equal((code, 0), (exitCode, stdout.Length));
        Assert.EndsWith(words, stderr, StringComparison.Ordinal);
    }
}
