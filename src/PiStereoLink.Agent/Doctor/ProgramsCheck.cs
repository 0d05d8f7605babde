namespace PiStereoLink.Agent;

/// <summary>Which camera programs there are, and whether the system is set up for their generation.</summary>
public static class ProgramsCheck
{
    private static readonly string[] ConfigTxt = ["boot/firmware/config.txt", "boot/config.txt"];

    private static readonly (string Video, string Still, CameraDialect Dialect)[] Generations =
        [("rpicam-vid", "rpicam-still", CameraDialect.Rpicam), ("libcamera-vid", "libcamera-still", CameraDialect.Rpicam), ("raspivid", "raspistill", CameraDialect.Raspi)];

    /// <summary>The one that would be asked for the cameras; null when none is installed.</summary>
    public static CameraProgram? Installed(Machine machine) =>
        Generations.SelectMany(generation => new[] { (Name: generation.Still, generation.Dialect), (Name: generation.Video, generation.Dialect) })
            .Where(program => machine.Find(program.Name) is not null)
            .Select(program => new CameraProgram(machine.Find(program.Name)!, program.Dialect)).FirstOrDefault();

    public static async Task<Finding> LookAsync(Machine machine)
    {
        if (Installed(machine) is not { } program)
        {
            const string None = "None of rpicam-vid, libcamera-vid and raspivid is on PATH.";
            const string Install = "Install them with `sudo apt install rpicam-apps` (Bullseye: libcamera-apps).";
            return IsPi(machine) ? Finding.Fail(None, Install) : Finding.Warning(None, "For a Pi's own camera only: USB and simulated cameras need none.");
        }
        var (video, still, _) = Array.Find(Generations, generation => generation.Video == program.Name || generation.Still == program.Name);
        var missing = machine.Find(video) is null ? video : machine.Find(still) is null ? still : null;
        var version = program.Dialect == CameraDialect.Raspi ? null : await machine.AskAsync(program.Name, "--version");
        var found = $"{program.Path}{(version is null ? "" : $", {string.Join(", ", version.Split('\n').Where(line => line.Contains("build", StringComparison.Ordinal)).Select(line => line.Trim()))}")}";
        return missing is null ? Finding.Ok(found)
            : Finding.Warning($"{found}; {missing} is missing.", "Install what belongs together: `sudo apt install rpicam-apps`.");
    }

    /// <summary>What config.txt switches on must be what the programs need. Its sections for other boards are read as well: who writes start_x=1 anywhere means it.</summary>
    public static Finding LookAtStack(Machine machine)
    {
        var file = Array.Find(ConfigTxt, path => machine.Read(path) is not null);
        if (file is null)
            return Finding.Unknown("There is no config.txt here, or this user may not read it.");
        var settings = machine.Lines(file).Select(line => line.Trim()).Where(line => !line.StartsWith('#')).ToList();
        var legacy = settings.Contains("start_x=1");
        var sought = settings.Exists(line => line is "camera_auto_detect=1" || line.StartsWith("dtoverlay=imx", StringComparison.Ordinal) || line.StartsWith("dtoverlay=ov", StringComparison.Ordinal));
        return (Installed(machine)?.Dialect, legacy, sought) switch
        {
            (CameraDialect.Rpicam, true, _) => Finding.Fail($"/{file} switches the legacy camera stack on (start_x=1), with which rpicam-* and libcamera-* do not work.",
                "Turn it off in `sudo raspi-config`, Interface Options, Legacy Camera, and reboot."),
            (CameraDialect.Raspi, false, _) => Finding.Fail($"/{file} does not switch the legacy camera stack on, without which raspivid and raspistill do not work.",
                "`sudo apt install rpicam-apps` brings the present programs; or turn it on in `sudo raspi-config`, Interface Options, and reboot."),
            (CameraDialect.Rpicam, _, false) => Finding.Warning($"/{file} has neither camera_auto_detect=1 nor a camera's dtoverlay: no camera is looked for.",
                $"Write camera_auto_detect=1 into /{file} and reboot."),
            _ => Finding.Ok($"/{file} fits: {(legacy ? "legacy (start_x=1)" : "libcamera")}."),
        };
    }

    public static bool IsPi(Machine machine) => Board.Read(machine.At("proc/device-tree/model")).Kind != BoardKind.NotAPi;
}
