using System.Text.Json;
using PiStereoLink.Agent;
using PiStereoLink.Tests.Agent;

namespace PiStereoLink.Tests.Doctor;

/// <summary><c>agent doctor</c> as a process.</summary>
public class DoctorCommands
{
    [Fact]
    public async Task What_does_not_work_is_in_the_table_with_its_next_step_and_in_the_exit_code()
    {
        using var folder = new CameraFolder();
        var port = FreePort.Take();
        var (exitCode, table) = await RunAsync(folder, "--to", $"127.0.0.1:{port}");
        Assert.Equal(1, exitCode);
        Assert.Contains($"fail     receiver         127.0.0.1:{port}: connection refused.\n{new string(' ', 26)}-> Is the receiver running there?\n", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_line_is_all_of_it_as_JSON()
    {
        using var folder = new CameraFolder();
        using var receiver = new RecipeReceiver();
        folder.Program("rpicam-vid", "");
        folder.Program("rpicam-still", "echo '0 : imx219 [3280x2464 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx219@10)'\n");
        var (_, output) = await RunAsync(folder, "--to", $"127.0.0.1:{receiver.Port}", "--json");
        using var json = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var findings = json.RootElement.EnumerateArray().ToDictionary(finding => finding.GetProperty("check").GetString()!);
        Assert.Equal(["board", "power", "temperature", "system", "camera programs", "camera stack", "cameras", "USB cameras", "camera in use", "permissions",
            "disk", "card's wear", "clock", "Wi-Fi", "receiver", "LED", "service"], findings.Keys);
        Assert.All(findings.Values, finding => Assert.Contains(finding.GetProperty("verdict").GetString(), new[] { "ok", "warning", "fail", "unknown" }));
        Assert.Equal(("ok", "0 imx219 (/base/soc/i2c0mux/i2c@1/imx219@10)"), (findings["cameras"].GetProperty("verdict").GetString(), findings["cameras"].GetProperty("found").GetString()));
        Assert.Equal("ok", findings["receiver"].GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, findings["receiver"].GetProperty("toDo").ValueKind);
    }

    [Fact]
    public async Task A_program_that_does_not_answer_is_left_behind()
    {
        using var folder = new CameraFolder();
        folder.Program("rpicam-still", "case \"$arguments\" in --version) exec sleep 1000 ;; *) exit 3 ;; esac\n");
        var (exitCode, table) = await RunAsync(folder);
        Assert.Contains("fail     cameras          rpicam-still ended by itself.", table, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        // It is killed with the end of the check, and gone once the system has come to that.
        await Until.TrueAsync(() => Task.FromResult(Faults.Family.Of(folder).Count == 0));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(CameraFolder folder, params string[] arguments)
    {
        await using var agent = AgentProcess.Start(folder.SearchPath, ["doctor", "--state", folder.State, .. arguments], executable: null, ("OF_TEST", folder.Root));
        return await agent.EndsAsync();
    }
}
