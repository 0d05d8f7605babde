using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>
/// rpi-preseed.toml, in the part of TOML that rpi-preseed reads: strings on one line with two escapes. It removes the secrets from the
/// file once they are applied.
/// </summary>
public static class PreseedFile
{
    public const string Name = "rpi-preseed.toml";

    public static CardFile Of(CardSettings settings)
    {
        var text = new StringBuilder($"""
            {CardFile.Origin}
            config_version = "1.0"

            [system]
            hostname = {Quoted.YamlOrToml(settings.Hostname)}

            [user]
            name = {Quoted.YamlOrToml(settings.User)}
            {(settings.PasswordHash is { } hash ? $"password = {Quoted.YamlOrToml(hash)}\npassword_encrypted = true" : "passwordless_sudo = true")}
            groups = ["sudo"]

            [ssh]
            enabled = true
            password_authentication = {(settings.PasswordLogin ? "true" : "false")}

            """);
        if (settings.Keys.Count > 0)
            text.Append($"authorized_keys = {Array(settings.Keys)}\n");
        if (settings.Wifi is { } wifi)
            text.Append(Wifi(wifi));
        if (settings.Timezone is { } zone)
            text.Append($"\n[locale]\ntimezone = {Quoted.YamlOrToml(zone)}\n");
        return new CardFile(Name, text.Append($"\n[runcmd]\nearly = {Array(Commands(settings))}\n").ToString());
    }

    /// <summary>On one line, because over several rpi-preseed takes a bracket in a string for the array's end.</summary>
    private static string Array(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quoted.YamlOrToml))}]";

    /// <summary>The name goes into NetworkManager's profile as it is, so one that would need escapes there is given as bytes.</summary>
    private static string Wifi(WifiNetwork wifi) => $"""

        [wlan]
        {(wifi.IsPlain ? $"ssid = {Quoted.YamlOrToml(wifi.Ssid)}" : $"ssid_hex = \"{wifi.SsidHex}\"")}
        password = {Quoted.YamlOrToml(wifi.Wpa3 ? Quoted.KeyFile(wifi.Key) : wifi.Key)}
        password_encrypted = {(wifi.Wpa3 ? "false" : "true")}
        key_mgmt = "{(wifi.Wpa3 ? "sae" : "wpa-psk")}"
        hidden = {(wifi.Hidden ? "true" : "false")}
        country = "{wifi.Country}"

        """;

    /// <summary>
    /// What there is no key for, done before the network starts. The keys once more, because rpi-preseed of July 2026 loses them on the
    /// way (its apply/ssh.sh collects them in a subshell); a second time does no harm.
    /// </summary>
    private static IEnumerable<string> Commands(CardSettings settings)
    {
        foreach (var key in settings.Keys)
            yield return $"h=$(getent passwd 1000 | cut -d: -f6); u=$(getent passwd 1000 | cut -d: -f1); install -o $u -g $u -m 700 -d $h/.ssh && touch $h/.ssh/authorized_keys && {{ grep -qxF -- {Quoted.Shell(key)} $h/.ssh/authorized_keys || echo {Quoted.Shell(key)} >> $h/.ssh/authorized_keys; }}; chown $u:$u $h/.ssh/authorized_keys; chmod 600 $h/.ssh/authorized_keys";
        yield return $"echo 'PasswordAuthentication {(settings.PasswordLogin ? "yes" : "no")}' > /etc/ssh/sshd_config.d/10-pistereolink.conf";
        if (settings.Wifi is not null)
            yield return $"printf '[main]\\n{NetworkProfile.Retries}-default={NetworkProfile.Endless}\\n\\n[connection]\\nwifi.{NetworkProfile.PowerSave}={NetworkProfile.PowerSaveOff}\\n' > /etc/NetworkManager/conf.d/90-pistereolink.conf";
    }
}
