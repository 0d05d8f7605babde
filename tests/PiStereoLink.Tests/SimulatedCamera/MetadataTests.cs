using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;

namespace PiStereoLink.Tests.SimulatedCamera;

public class MetadataTests
{
    [Fact]
    public async Task One_object_stands_for_each_frame_in_order()
    {
        using var folder = new ScratchFolder();
        var (_, stdout, _) = await CameraProcess.RunAsync(CameraProcess.Small + "--frames 6 --metadata " + folder.File("m.json"));

        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("m.json"), TestContext.Current.CancellationToken));
        var objects = metadata.RootElement.EnumerateArray().ToList();
        Assert.Equal(6, Jpegs.Split(stdout).Count);
        Assert.Equal(6, objects.Count);
        var walls = objects.Select(about => about.GetProperty("FrameWallClock").GetInt64()).ToList();
        Assert.Equal(walls.Order().Distinct(), walls);
        Assert.All(objects, about =>
        {
            Assert.Equal("(0, 0)/160x120", about.GetProperty("ScalerCrop").GetString());
            Assert.Equal(20_000, about.GetProperty("FrameDuration").GetInt64());
            Assert.Equal(2, about.GetProperty("ColourGains").GetArrayLength());
            Assert.Contains(about.GetProperty("AeLocked").ValueKind, new[] { JsonValueKind.False, JsonValueKind.True });
            foreach (var name in (string[])["ExposureTime", "AnalogueGain", "DigitalGain", "Lux", "ColourTemperature", "FocusFoM", "SensorTemperature"])
                Assert.True(about.GetProperty(name).GetDouble() > 0, name);
        });
        Assert.False(objects[0].GetProperty("AeLocked").GetBoolean());      // it settles by the clock, not by the frame
    }

    [Fact]
    public async Task Both_clocks_name_the_same_instant()
    {
        using var folder = new ScratchFolder();
        await CameraProcess.RunAsync(CameraProcess.Small + "--frames 2 --metadata " + folder.File("m.json"));
        TimeSpan before, now, sinceBoot;
        do
        {
            before = Stopwatch.GetElapsedTime(0);
            now = DateTime.UtcNow - DateTime.UnixEpoch;
            sinceBoot = Stopwatch.GetElapsedTime(0);
        }
        while (sinceBoot - before > TimeSpan.FromMilliseconds(1));       // somebody else ran in between

        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("m.json"), TestContext.Current.CancellationToken));
        var last = metadata.RootElement[1];
        var agoByWall = now - TimeSpan.FromMicroseconds(last.GetProperty("FrameWallClock").GetInt64() / 1000);
        var agoBySensor = sinceBoot - TimeSpan.FromMicroseconds(last.GetProperty("SensorTimestamp").GetInt64() / 1000);
        Assert.InRange(agoByWall, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.InRange((agoByWall - agoBySensor).TotalMilliseconds, -5, 5);
    }

    [Fact]
    public async Task The_text_has_the_real_programs_shape()
    {
        using var folder = new ScratchFolder();
        await CameraProcess.RunAsync(CameraProcess.Small + "--frames 2 --metadata " + folder.File("m.json"));
        var lines = await File.ReadAllLinesAsync(folder.File("m.json"), TestContext.Current.CancellationToken);

        var second = Array.IndexOf(lines, "},");
        Assert.Equal(["[", "{"], lines[..2]);
        Assert.Equal("{", lines[second + 1]);
        Assert.Equal(["}", "]"], lines[^2..]);
        Assert.All(lines[2..(second - 1)], line => Assert.Matches("^    \"[A-Za-z]+\": .+,$", line));
        Assert.Matches("^    \"[A-Za-z]+\": [^,]+$", lines[second - 1]);
    }

    [Fact]
    public async Task Plain_text_on_request()
    {
        using var folder = new ScratchFolder();
        await CameraProcess.RunAsync(CameraProcess.Small + "--frames 2 --metadata-format txt --metadata " + folder.File("m.txt"));
        var lines = await File.ReadAllLinesAsync(folder.File("m.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Count(line => line.StartsWith("FrameWallClock=", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.Length == 0));
    }

    [Fact]
    public async Task An_inherited_pipe_works_as_the_file_and_the_closing_brace_waits_for_the_next_frame()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var camera = CameraProcess.Start(CameraProcess.Small + "-t 0 --metadata /dev/fd/" + pipe.GetClientHandleAsString(), fault: "stall:1");
        pipe.DisposeLocalCopyOfClientHandle();
        await camera.FrameAsync();

        using var reader = new StreamReader(pipe);
        string? line;
        do
            line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line?.Contains("SensorTemperature", StringComparison.Ordinal) == false);
        Assert.NotNull(line);

        camera.Kill();
        Assert.Equal("", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_metadata_reader_that_goes_away_does_not_stop_the_video()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var camera = CameraProcess.Start(CameraProcess.Small + "--frames 20 --metadata /dev/fd/" + pipe.GetClientHandleAsString());
        pipe.DisposeLocalCopyOfClientHandle();
        await camera.FrameAsync();
        pipe.Dispose();
        var (exitCode, rest) = await camera.EndAsync();
        Assert.Equal((0, 19), (exitCode, Jpegs.Split(rest).Count));
    }
}
