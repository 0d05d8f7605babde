namespace PiStereoLink.Agent;

/// <summary>A process that has a camera open, or one that would.</summary>
/// <param name="Process">Its id.</param>
/// <param name="Program">What it is called.</param>
/// <param name="User">Whose it is; null when not known.</param>
/// <param name="Service">The systemd unit that it belongs to, which would start it again; null when none.</param>
/// <param name="Device">What it has open; null for a program of which only the name tells.</param>
public sealed record CameraHolder(int Process, string Program, string? User, string? Service, string? Device)
{
    /// <summary>How to stop it.</summary>
    public string Remedy => Service is not null ? $"sudo systemctl stop {Service}" : User == Environment.UserName ? $"kill {Process}" : $"sudo kill {Process}";

    public override string ToString() => User is null ? $"{Program} (process {Process})" : $"{Program} (process {Process}, user {User})";
}
