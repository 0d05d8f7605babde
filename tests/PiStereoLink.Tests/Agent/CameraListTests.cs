using System.Text.Json;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Agent;

/// <summary>Which cameras there are, and which one is meant.</summary>
public class CameraListTests
{
    private const string Present = """
        Available cameras
        -----------------
        0 : imx708 [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)
            Modes: 'SRGGB10_CSI2P' : 1536x864 [120.13 fps - (768, 432)/3072x1728 crop]
                                     2304x1296 [nan fps - (0, 0)/4608x2592 crop]
                   'SRGGB8' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]

        1 : imx219 [3280x2464 10-bit] (/base/axi/pcie@120000/rp1/i2c@80000/imx219@10)
            Modes: 'SBGGR10_CSI2P' : 3280x2464 [21.19 fps - (0, 0)/3280x2464 crop]

        """;

    private static readonly IReadOnlyList<ListedCamera> Two = CameraListParser.Parse(Present.Split('\n'));

    [Fact]
    public void The_present_list_is_read_with_its_modes()
    {
        Assert.Equal(["0 imx708 (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)", "1 imx219 (/base/axi/pcie@120000/rp1/i2c@80000/imx219@10)"], Two.Select(camera => camera.ToString()));
        Assert.Equal([(4608, 2592), (3280, 2464)], Two.Select(camera => (camera.Width, camera.Height)));
        Assert.Equal(
            [new("SRGGB10_CSI2P", 1536, 864, 120.13), new("SRGGB10_CSI2P", 2304, 1296, null), new("SRGGB8", 640, 480, 206.65)], Two[0].Modes);
        Assert.Equal([new("SBGGR10_CSI2P", 3280, 2464, 21.19)], Two[1].Modes);
    }

    [Theory]
    [InlineData("0 : imx219 [3280x2464] (/base/soc/i2c0mux/i2c@1/imx219@10)", "0 imx219 (/base/soc/i2c0mux/i2c@1/imx219@10)")]
    [InlineData("3 : ov9281 [1280x800 10-bit MONO] (/base/soc/i2c0mux/i2c@1/ov9281@60)", "3 ov9281 (/base/soc/i2c0mux/i2c@1/ov9281@60)")]
    [InlineData("No cameras available!", "")]
    [InlineData("[0:01:02.1] [99]  INFO Camera camera_manager.cpp:284 libcamera v0.0.1", "")]
    [InlineData("1536x864 [120.13 fps - (768, 432)/3072x1728 crop]", "")]
    public void An_older_list_is_read_and_what_is_no_camera_passed_over(string line, string cameras) =>
        Assert.Equal(cameras, string.Join(';', CameraListParser.Parse(line.Split('\n'))));

    [Theory]
    [InlineData("imx708", 0)]
    [InlineData("IMX219", 1)]
    [InlineData("i2c@88000", 0)]
    [InlineData("/base/axi/pcie@120000/rp1/i2c@80000/imx219@10", 1)]
    public void A_camera_is_found_by_its_model_or_a_part_of_its_path(string wanted, int index) => Assert.Equal(index, CameraList.Find(Two, wanted).Index);

    [Theory]
    [InlineData("imx477", "--camera imx477 is not there. There is 0 imx708 (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a), 1 imx219 (/base/axi/pcie@120000/rp1/i2c@80000/imx219@10).")]
    [InlineData("rp1", "--camera rp1 could be any of 2: 0 imx708 (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a), 1 imx219 (/base/axi/pcie@120000/rp1/i2c@80000/imx219@10). Give a part of the id path that only one has.")]
    public void One_that_is_not_there_and_one_that_could_be_several_are_refused_with_the_list(string wanted, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<CameraException>(() => CameraList.Find(Two, wanted)).Message);

    [Theory]
    [InlineData("cat \"$here/list\"")]
    [InlineData("cat \"$here/list\" >&2")]
    public async Task The_list_is_shown_whichever_way_the_program_prints_it(string print)
    {
        using var folder = Listing(print);
        await using var text = AgentProcess.Start(folder.SearchPath, ["cameras"]);
        var (exitCode, output) = await text.EndsAsync();
        Assert.Equal(0, exitCode);
        Assert.StartsWith("0  imx708  4608x2592  /base/axi/pcie@120000/rp1/i2c@88000/imx708@1a\n     1536x864, 120.13 pictures a second, SRGGB10_CSI2P\n     2304x1296, SRGGB10_CSI2P\n", output, StringComparison.Ordinal);
        Assert.Contains("\n1  imx219  3280x2464  ", output, StringComparison.Ordinal);

        await using var json = AgentProcess.Start(folder.SearchPath, ["cameras", "--json"]);
        using var cameras = JsonDocument.Parse((await json.EndsAsync()).Output);
        Assert.Equal("{\"index\":1,\"model\":\"imx219\",\"id\":\"/base/axi/pcie@120000/rp1/i2c@80000/imx219@10\",\"width\":3280,\"height\":2464," +
            "\"modes\":[{\"format\":\"SBGGR10_CSI2P\",\"width\":3280,\"height\":2464,\"framerate\":21.19}]}", cameras.RootElement.GetProperty("cameras")[1].GetRawText());
    }

    [Fact]
    public async Task The_simulated_rig_lists_its_two_eyes_as_a_real_program_would()
    {
        using var folder = new CameraFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Root, "rpicam-vid"), Programs.Path("PiStereoLink.SimulatedCamera"));
        await using var agent = AgentProcess.Start(folder.SearchPath, ["cameras", "--json"]);
        using var cameras = JsonDocument.Parse((await agent.EndsAsync()).Output);
        Assert.Equal([8, 8], cameras.RootElement.GetProperty("cameras").EnumerateArray().Select(camera => camera.GetProperty("modes").GetArrayLength()));
    }

    [Theory]
    [InlineData("rpicam-still", "echo 'No cameras available!'\n", "No camera was found. With the Pi switched off, check the ribbon cable at both ends.")]
    [InlineData("raspistill", "exit 0\n", "raspistill has no list of cameras: give --camera 0, or --camera 1 for the second port of a Compute Module.")]
    [InlineData("other", "exit 0\n", "No camera program is installed: rpicam-still, libcamera-still and raspistill are not on PATH. Install one with `sudo apt install rpicam-apps`, or use --camera sim:left to try without a camera.")]
    public async Task Without_a_camera_there_is_a_sentence(string program, string script, string sentence)
    {
        using var folder = new CameraFolder();
        folder.Program(program, script);
        await using var agent = AgentProcess.Start(folder.SearchPath, ["cameras"]);
        Assert.Equal((1, ""), await agent.EndsAsync());
        Assert.Equal(sentence, agent.Said);
    }

    [Fact]
    public async Task A_camera_given_by_its_path_keeps_its_picture_when_the_indices_change()
    {
        // It films once as index 1; then the other camera is unplugged, and the next start must ask for index 0.
        using var folder = Listing("""
            case "$arguments" in
              --list-cameras*)
                cat "$here/list" ;;
              *)
                echo "0 : imx219 [3280x2464] (/base/axi/pcie@120000/rp1/i2c@80000/imx219@10)" > "$here/list.new"
                mv "$here/list.new" "$here/list"
                [ -e "$here/first" ] && wanted=second || wanted=first
                echo "$camera" > "$here/$wanted.part"; mv "$here/$wanted.part" "$here/$wanted"
                exit 3 ;;
            esac
            """);
        await using var agent = folder.Run(FreePort.Take(), "--camera", "i2c@80000", "--drain", "0");
        Assert.Equal("1", await folder.FileAsync("first"));
        Assert.Equal("0", await folder.FileAsync("second"));
    }

    [Fact]
    public async Task A_camera_that_is_not_there_is_asked_for_again_since_it_may_be_plugged_in()
    {
        using var folder = Listing("cat \"$here/list\"");
        await using var agent = folder.Run(FreePort.Take(), "--camera", "imx477", "--drain", "0");
        Assert.Contains("Camera garden/0: --camera imx477 is not there. There is 0 imx708 (", await agent.SaysAsync("Starting it again in 1 s."), StringComparison.Ordinal);
    }

    private static CameraFolder Listing(string script)
    {
        var folder = new CameraFolder();
        File.WriteAllText(Path.Combine(folder.Root, "list"), Present);
        folder.Program("rpicam-vid", script.ReplaceLineEndings("\n") + "\n");
        return folder;
    }
}
