namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>
/// A NetworkManager profile for a camera that nobody visits: it never stops trying (by default NetworkManager gives up after four
/// times), and the radio does not sleep, which costs frames.
/// </summary>
public static class NetworkProfile
{
    /// <summary>The setting of endless tries, as profiles and netplan's passthrough call it, with its value.</summary>
    public const string Retries = "autoconnect-retries", Endless = "0", PowerSave = "powersave", PowerSaveOff = "2";

    public static string Of(WifiNetwork wifi) => $"""
        [connection]
        id=pistereolink
        type=wifi
        autoconnect=true
        {Retries}={Endless}

        [wifi]
        mode=infrastructure
        ssid={(wifi.IsPlain ? wifi.Ssid : wifi.SsidBytes)}
        hidden={(wifi.Hidden ? "true" : "false")}
        {PowerSave}={PowerSaveOff}

        [wifi-security]
        key-mgmt={(wifi.Wpa3 ? "sae" : "wpa-psk")}
        psk={Quoted.KeyFile(wifi.Key)}

        [ipv4]
        method=auto

        [ipv6]
        method=auto
        addr-gen-mode=default

        """;
}
