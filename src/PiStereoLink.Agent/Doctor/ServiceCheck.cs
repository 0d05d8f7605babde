namespace PiStereoLink.Agent;

/// <summary>Whether the agent is installed as a service, and how it is doing.</summary>
public static class ServiceCheck
{
    public const string Unit = "pistereolink-agent.service";

    public static async Task<Finding> LookAsync(Machine machine)
    {
        if (!Directory.Exists(machine.At("run/systemd/system")) || await machine.AskAsync("systemctl", "show", Unit,
                "-p", "LoadState", "-p", "ActiveState", "-p", "SubState", "-p", "Type", "-p", "NRestarts", "-p", "UnitFileState") is not { } answer)
            return Finding.Unknown("systemd does not run here.");
        var about = answer.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        if (Of("LoadState") != "loaded")
            return Finding.Ok("The agent is not installed as a service.");
        var found = $"{Unit} is {Of("ActiveState")} ({Of("SubState")}), Type={Of("Type")}, restarted {Of("NRestarts")} times since it was started";
        if (Of("ActiveState") is "failed" or "inactive")
            return Finding.Fail(found, $"`journalctl -u {Unit} -n 20` says why; `sudo systemctl start {Unit}` starts it.");
        return Of("UnitFileState") == "enabled" ? Finding.Ok(found)
            : Finding.Warning($"{found}, and does not start with the system.", $"`sudo systemctl enable {Unit}`.");

        string Of(string name) => about.GetValueOrDefault(name, "");
    }
}
