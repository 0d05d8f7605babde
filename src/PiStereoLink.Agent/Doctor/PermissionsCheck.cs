namespace PiStereoLink.Agent;

/// <summary>Whether this user may use the devices behind cameras and LEDs.</summary>
public static class PermissionsCheck
{
    private static readonly (string Folder, string Beginning)[] ForCameras = [("dev", "video"), ("dev", "media"), ("dev/dma_heap", ""), ("dev", "vchiq")];
    private static readonly (string Folder, string Beginning)[] ForLeds = [("dev", "gpiochip"), ("dev", "vcio")];

    public static Finding Look(Machine machine)
    {
        var (cameras, leds) = (Refused(machine, ForCameras), Refused(machine, ForLeds));
        var groups = Groups(machine);
        var found = $"{Environment.UserName}, in {(groups.Count == 0 ? "no group that matters here" : string.Join(", ", groups))}";
        return cameras.Count > 0 ? Finding.Fail($"{found}: may not use {string.Join(", ", cameras)}.", ToDo("video", "render"))
            : leds.Count > 0 ? Finding.Warning($"{found}: may not use {string.Join(", ", leds)}, which LEDs need.", ToDo("video", "gpio"))
            : Finding.Ok(found);
    }

    private static string ToDo(params string[] groups) =>
        $"`sudo usermod -aG {string.Join(',', groups)} {Environment.UserName}`, then log out and in; the service has its groups in its unit.";

    private static List<string> Refused(Machine machine, (string Folder, string Beginning)[] devices) =>
        [.. devices.SelectMany(device => machine.In(device.Folder, device.Beginning)).Where(path => !machine.CanUse(path)).Select(path => "/" + Path.GetRelativePath(machine.Root, path))];

    /// <summary>The groups of this process that own such devices on Raspberry Pi OS.</summary>
    private static List<string> Groups(Machine machine)
    {
        var mine = (machine.Lines("proc/self/status").FirstOrDefault(line => line.StartsWith("Groups:", StringComparison.Ordinal)) ?? "").Split(' ', '\t').ToHashSet();
        return [.. machine.Lines("etc/group").Select(line => line.Split(':')).Where(group => group is ["video" or "render" or "gpio", _, var id, ..] && mine.Contains(id)).Select(group => group[0])];
    }
}
