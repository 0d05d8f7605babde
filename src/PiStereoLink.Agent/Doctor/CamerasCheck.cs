namespace PiStereoLink.Agent;

/// <summary>Which cameras there are, and who has them.</summary>
public static class CamerasCheck
{
    public static async Task<Finding> LookAsync(Machine machine, TimeProvider time, CancellationToken stopping)
    {
        if (ProgramsCheck.Installed(machine) is not { } program)
            return Finding.Unknown("No camera program is there to ask.");
        if (program.Dialect == CameraDialect.Raspi)
            return OfLegacy(await machine.AskAsync("vcgencmd", "get_camera"));
        try
        {
            var listed = await CameraList.ReadAsync(program, time, stopping);
            return listed.Count > 0 ? Finding.Ok(string.Join("; ", listed)) : Finding.Fail("No camera was found.", CameraList.NoneFound);
        }
        catch (CameraException e)
        {
            return Finding.Fail(e.Message, $"Run `{program.Name} --list-cameras` by hand.");
        }
    }

    public static Finding LookAtUsb()
    {
        var troubles = new List<string>();
        var listed = UsbCameraList.Read(troubles.Add);
        return troubles.Count > 0 ? Finding.Warning(string.Join(" ", troubles), "`agent cameras` shows the others.")
            : Finding.Ok(listed.Count == 0 ? "none" : string.Join("; ", listed.Select(camera => $"{camera.Device} {camera.Model}")));
    }

    public static Finding LookAtHolders(Machine machine)
    {
        var holders = new CameraHolders(machine.Root).Find();
        if (holders.Count == 0)
            return Finding.Ok(Environment.IsPrivilegedProcess ? "Nobody has a camera open." : "Nobody that this user can see has a camera open; root sees all.");
        var found = string.Join("; ", holders.Select(holder => $"{holder}{(holder.Device is null ? " is running" : $" has {holder.Device} open")}"));
        return holders.All(holder => holder.Service == ServiceCheck.Unit)
            ? Finding.Ok($"{found}, for {ServiceCheck.Unit}.")
            : Finding.Warning(found, $"If that is not meant to be: `{holders[0].Remedy}`.");
    }

    /// <summary><c>supported=1 detected=1</c></summary>
    private static Finding OfLegacy(string? answer) =>
        answer is null ? Finding.Unknown("The legacy programs have no list of cameras, and vcgencmd does not tell either.")
        : answer.Contains("detected=0", StringComparison.Ordinal) ? Finding.Fail($"No camera was found ({answer}).", CameraList.NoneFound)
        : Finding.Ok(answer);
}
