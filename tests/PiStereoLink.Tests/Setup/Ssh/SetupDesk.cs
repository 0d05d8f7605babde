using System.Text.Json;

namespace PiStereoLink.Tests.Setup.Ssh;

/// <summary>Who sits at the desk and types <c>ssh-setup</c>.</summary>
internal static class SetupDesk
{
    /// <summary>What anybody would add whom nobody asks.</summary>
    public static readonly string[] Unasked = ["--accept-new", "--no-passphrase"];

    /// <summary>With somebody there who knows the password and says yes to the fingerprint; no password: with nobody there.</summary>
    public static Task<Tool.Outcome> SshSetupAsync(this TestPi pi, string? password, params string[] options)
    {
        var receiver = Programs.Path("PiStereoLink.Receiver");
        string[] arguments = ["setup", "ssh-setup", TestPi.Destination, .. options];
        return password is null ? pi.AtDeskAsync(receiver, arguments) : pi.WithPasswordAsync(password, receiver, arguments);
    }

    /// <summary>The last line of stdout.</summary>
    public static JsonElement Json(this Tool.Outcome outcome)
    {
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return JsonElement.Parse(outcome.Output.TrimEnd().Split('\n')[^1]);
    }

    /// <summary>Each step and what became of it, such as <c>key done</c>.</summary>
    public static string[] Steps(this JsonElement report) => [.. report.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("step")} {step.GetProperty("state")}")];

    /// <summary>Logs in with plain ssh at the desk, as its settings there are, and may not ask.</summary>
    public static Task<Tool.Outcome> LogInAsync(this TestPi pi, params string[] options) => pi.AtDeskAsync("ssh", [.. options, "-o", "BatchMode=yes", TestPi.Destination, "echo in"]);

    /// <summary>Everything in ~/.ssh of the desk, as text.</summary>
    public static async Task<string> DeskFilesAsync(this TestPi pi) =>
        (await pi.AtDeskAsync("sh", "-c", "cd ~/.ssh 2>/dev/null && stat -c '%n %a %y' . * && md5sum *")).Output;
}
