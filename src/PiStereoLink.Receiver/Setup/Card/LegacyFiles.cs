namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>Buster and Bullseye take their settings from small files, which the system picks up and removes.</summary>
public static class LegacyFiles
{
    public static IReadOnlyList<CardFile> Of(CardSettings settings, FirstBootFormat format)
    {
        if (settings.Wifi is { Wpa3: true })
            throw new InvalidDataException("--wpa3: Buster and Bullseye cannot join a network that takes WPA3 alone; take a newer image, or let the access point take WPA2 as well.");
        var files = new List<CardFile>();
        if (settings.Wifi is { } wifi)
            files.Add(new CardFile("wpa_supplicant.conf", Supplicant(wifi)));
        if (format == FirstBootFormat.UserConf)
        {
            // A * is what no password is. The hash has no colon in it.
            files.Add(new CardFile("userconf.txt", $"{settings.User}:{settings.PasswordHash ?? "*"}\n"));
            files.Add(new CardFile("ssh", ""));
        }
        files.Add(FirstRunScript.Of(settings, format));
        return files;
    }

    /// <summary>Without quotes a name is taken as hexadecimal; in quotes it has no escapes at all.</summary>
    private static string Supplicant(WifiNetwork wifi) => $$"""
        {{CardFile.Origin}}
        ctrl_interface=DIR=/var/run/wpa_supplicant GROUP=netdev
        update_config=1
        country={{wifi.Country}}

        network={
            ssid={{(wifi.IsPlain ? $"\"{wifi.Ssid}\"" : wifi.SsidHex)}}
            scan_ssid={{(wifi.Hidden ? 1 : 0)}}
            key_mgmt=WPA-PSK
            psk={{wifi.Key}}
        }

        """;
}
