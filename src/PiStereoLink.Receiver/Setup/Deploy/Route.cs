using System.Net;
using PiStereoLink.Receiver.Trust;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>The way from the other machine back to the receiver here.</summary>
public static class Route
{
    /// <summary>Addresses to try besides the one that the login came from, which is behind a router's where one translates addresses.</summary>
    public static string Candidates(IPEndPoint receiver, string? given) =>
        given ?? (IPAddress.Any.Equals(receiver.Address) || IPAddress.IPv6Any.Equals(receiver.Address) ? OwnHost.Guess() : receiver.Address.ToString());

    /// <summary>Where the receiver was reached; null when nowhere. What was asked for goes first.</summary>
    public static string? Of(Machine machine, string? given)
    {
        var reached = machine.Reached.Select(one => one.Split(' ')[0]).ToArray();
        return given is null ? reached.FirstOrDefault() : reached.FirstOrDefault(host => host == given);
    }

    public static Check Check(Machine machine, IPEndPoint receiver, string? given) =>
        Of(machine, given) is { } host ? Deploy.Check.Ok("route", $"{machine.Name} reaches the receiver at {host}, port {receiver.Port}")
        : Deploy.Check.Fail("route", $"{machine.Name} cannot reach the receiver on this machine at {Tried(machine, receiver)}. "
            + (IPAddress.IsLoopback(receiver.Address)
                ? $"It listens on {receiver} only, which is closed to other machines: start it with --tls 0.0.0.0:{receiver.Port}."
                : $"Is a firewall between (here: sudo ufw allow {receiver.Port}/tcp)? If this machine has another address in the Pi's network, give it with --receiver ADDRESS."));

    private static string Tried(Machine machine, IPEndPoint receiver) =>
        machine.Missed.Count == 0 ? $"port {receiver.Port}" : string.Join(" or ", machine.Missed.Select(missed => missed.Split(' ', 3)).Select(part => $"{part[0]}, port {part[1]} ({(part.Length > 2 && part[2].Length > 0 ? part[2] : "no answer")})"));
}
