using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>What cloud-init reads from the boot partition (NoCloud): who and what, the network, and a name for this set of files.</summary>
public static class CloudInitFiles
{
    public const string UserData = "user-data", Network = "network-config", MetaData = "meta-data";

    /// <param name="settings">What to set.</param>
    /// <param name="instance">A name that no earlier set of files on this card had, or cloud-init takes these for done.</param>
    public static IReadOnlyList<CardFile> Of(CardSettings settings, string instance) =>
    [
        new CardFile(UserData, Users(settings)),
        .. settings.Wifi is { } wifi ? [new CardFile(Network, Networks(wifi))] : Array.Empty<CardFile>(),
        new CardFile(MetaData, $"{CardFile.Origin}\ndsmode: local\ninstance-id: {instance}\n"),
    ];

    /// <summary>The instance of an earlier set of ours, or null.</summary>
    public static string? InstanceOf(string? metaData) =>
        metaData?.Split('\n').FirstOrDefault(line => line.StartsWith("instance-id: ", StringComparison.Ordinal))?["instance-id: ".Length..].Trim();

    private static string Users(CardSettings settings)
    {
        // "user" is laid over the image's own first user, and so keeps its groups; "sudo: null" takes away that it need not say its password.
        var text = new StringBuilder($"""
            #cloud-config
            {CardFile.Origin}
            hostname: {Quoted.YamlOrToml(settings.Hostname)}
            manage_etc_hosts: true
            user:
              name: {Quoted.YamlOrToml(settings.User)}
              shell: /bin/bash
              lock_passwd: {(settings.PasswordHash is null ? "true" : "false")}

            """);
        if (settings.PasswordHash is { } hash)
            text.Append($"  passwd: {Quoted.YamlOrToml(hash)}\n");
        text.Append($"  sudo: {(settings.PasswordHash is null ? "ALL=(ALL) NOPASSWD:ALL" : "null")}\n");
        if (settings.Keys.Count > 0)
            text.Append("  ssh_authorized_keys:\n").AppendJoin("", settings.Keys.Select(key => $"    - {Quoted.YamlOrToml(key)}\n"));
        text.Append($"ssh_pwauth: {(settings.PasswordLogin ? "true" : "false")}\n");
        if (settings.Timezone is { } zone)
            text.Append($"timezone: {Quoted.YamlOrToml(zone)}\n");
        // cloud-init makes keys for sshd, and does not start it.
        return text.Append("runcmd:\n  - [systemctl, enable, --now, ssh]\n").ToString();
    }

    /// <summary>Which key management goes with a password netplan decides; WPA3 alone is said to NetworkManager itself.</summary>
    private static string Networks(WifiNetwork wifi) => $"""
        {CardFile.Origin}
        network:
          version: 2
          ethernets:
            eth0:
              dhcp4: true
              dhcp6: true
              optional: true
          wifis:
            wlan0:
              dhcp4: true
              optional: true
              regulatory-domain: {Quoted.YamlOrToml(wifi.Country)}
              access-points:
                {Quoted.YamlOrToml(wifi.Ssid)}:
                  hidden: {(wifi.Hidden ? "true" : "false")}
                  password: {Quoted.YamlOrToml(wifi.Key)}
                  networkmanager:
                    passthrough:
                      connection.{NetworkProfile.Retries}: "{NetworkProfile.Endless}"
                      wifi.{NetworkProfile.PowerSave}: "{NetworkProfile.PowerSaveOff}"
        {(wifi.Wpa3 ? "              wifi-security.key-mgmt: \"sae\"\n" : "")}
        """;
}
