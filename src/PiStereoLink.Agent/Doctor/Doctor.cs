using System.ComponentModel;

namespace PiStereoLink.Agent;

/// <summary>All checks, in the order in which they are shown.</summary>
public static class Doctor
{
    /// <summary>Looks at everything; what has to be waited for is waited for together.</summary>
    /// <param name="machine">This one.</param>
    /// <param name="to">The receiver; null when none is known.</param>
    /// <param name="state">The agent's state folder.</param>
    /// <param name="spool">What its settings have it write there.</param>
    /// <param name="stopping">Ends the waiting.</param>
    public static Task<(string Check, Finding Finding)[]> LookAsync(Machine machine, string? to, string state, SpoolPlan spool, CancellationToken stopping)
    {
        var time = TimeProvider.System;
        return Task.WhenAll(
            At("board", () => BoardCheck.Look(machine)),
            At("power", () => PowerCheck.LookAsync(machine)),
            At("temperature", () => PowerCheck.LookAtTemperature(machine)),
            At("system", () => SystemCheck.Look(machine)),
            At("camera programs", () => ProgramsCheck.LookAsync(machine)),
            At("camera stack", () => ProgramsCheck.LookAtStack(machine)),
            At("cameras", () => CamerasCheck.LookAsync(machine, time, stopping)),
            At("USB cameras", CamerasCheck.LookAtUsb),
            At("camera in use", () => CamerasCheck.LookAtHolders(machine)),
            At("permissions", () => PermissionsCheck.Look(machine)),
            At("disk", () => DiskCheck.LookAsync(machine, state, folder => new DriveInfo(folder).AvailableFreeSpace)),
            At("card's wear", () => WearCheck.Look(state, spool, folder => new DriveInfo(folder).TotalSize)),
            At("clock", () => ClockCheck.Look(machine, time)),
            At("Wi-Fi", () => WifiCheck.LookAsync(machine)),
            At("receiver", () => ReceiverCheck.LookAsync(to, state, stopping)),
            At("LED", () => LedCheck.Look(new Leds(new LedPlaces()))),
            At("service", () => ServiceCheck.LookAsync(machine)));
    }

    private static Task<(string, Finding)> At(string check, Func<Finding> look) => At(check, () => Task.FromResult(look()));

    /// <summary>A file or a program that behaves like no other hides nothing else.</summary>
    private static async Task<(string, Finding)> At(string check, Func<Task<Finding>> look)
    {
        try
        {
            return (check, await look());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return (check, Finding.Unknown(e.Message));
        }
    }
}
