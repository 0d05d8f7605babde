namespace PiStereoLink.Tests.Agent;

/// <summary>The real agent with the simulated camera program, which it runs as it runs a real one.</summary>
public class SimulatedRigTests
{
    /// <summary>So few a second that each waits long enough for its metadata on a busy machine too.</summary>
    private static AgentProcess Run(CameraFolder folder, int port, string fault, params string[] cameras) =>
        folder.Run(port, [.. cameras.SelectMany(camera => new[] { "--camera", camera }), "--framerate", "3", "--drain", "0"],
            ("PISTEREOLINK_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")), ("PISTEREOLINK_SIM_FAULT", fault));

    [Fact]
    public async Task Both_eyes_arrive_with_the_same_times_of_capture()
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = Run(folder, receiver.Port, "", "sim:left", "sim:right");
        using var one = await receiver.AcceptAsync();
        using var other = await receiver.AcceptAsync();
        var reading = new[] { one.ReadAsync(10), other.ReadAsync(10) };
        var eyes = (await Task.WhenAll(reading)).Select(eye => eye.ConvertAll(Stamped.Of)).OrderBy(eye => eye[0].Camera.Camera).ToList();
        Assert.Equal(["garden/0", "garden/1"], eyes.Select(eye => eye[0].Camera.ToString()));
        Assert.All(eyes.SelectMany(eye => eye), stamp => Assert.Null(stamp.Clock.ErrorMicroseconds));
        Assert.NotEmpty(eyes[0].Select(stamp => stamp.UtcMicroseconds).Intersect(eyes[1].Select(stamp => stamp.UtcMicroseconds)));
    }

    [Theory]
    [InlineData("busy", "Another program is using the camera")]
    [InlineData("no-camera", "No camera was found.")]
    [InlineData("exit:9:3", "PiStereoLink.SimulatedCamera ended by itself.")]
    public async Task A_fault_is_told_in_plain_words(string fault, string sentence)
    {
        using var folder = new CameraFolder();
        await using var agent = Run(folder, FreePort.Take(), fault, "sim:left");
        Assert.Contains(sentence, await agent.SaysAsync("Starting it again"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stderr-flood")]
    [InlineData("chatter")]
    [InlineData("no-metadata")]
    [InlineData("ignore-sigint")]
    public async Task A_fault_that_can_be_lived_with_is(string fault)
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        await using var agent = Run(folder, receiver.Port, fault, "sim:right");
        using var stream = await receiver.AcceptAsync();
        var stamps = (await stream.ReadAsync(10)).ConvertAll(Stamped.Of);
        Assert.Equal(fault == "no-metadata", stamps.TrueForAll(stamp => stamp.Clock.ErrorMicroseconds is not null));
        stream.Dispose();
        await agent.StopsAsync();
    }

    [Fact]
    public async Task A_simulated_camera_that_is_not_there_is_one_sentence()
    {
        using var folder = new CameraFolder();
        await using var agent = folder.Run(1, ["--camera", "sim:left"], ("PISTEREOLINK_SIMULATED_CAMERA", "/nowhere/camera"));
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal("PISTEREOLINK_SIMULATED_CAMERA names /nowhere/camera, which is not an executable file. Correct it, or unset it.", agent.Said);
    }
}
