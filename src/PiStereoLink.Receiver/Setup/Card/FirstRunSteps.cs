namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>The functions of <see cref="FirstRunScript"/>, in the shell's language.</summary>
internal static partial class FirstRunSteps
{
    public const string Start = """
        # Whatever fails, the other steps are tried. What a command says goes to the log; none of them says a secret.
        step() {
            name=$1
            shift
            if "$@" >>"$boot/firstrun.log" 2>&1; then echo "$name: done"; else echo "$name: FAILED"; fi >>"$boot/firstrun.log"
        }


        """;

    public const string Hostname = """
        set_hostname() {
            echo "$1" >/etc/hostname && sed -i '/^127\.0\.1\.1[[:space:]]/d' /etc/hosts && printf '127.0.1.1\t%s\n' "$1" >>/etc/hosts
        }


        """;

    public const string Timezone = """
        set_timezone() {
            [ -f "/usr/share/zoneinfo/$1" ] && ln -sf "/usr/share/zoneinfo/$1" /etc/localtime && echo "$1" >/etc/timezone
        }


        """;

    public static string Wifi(string profile) => $$"""
        set_wifi() ( # NetworkManager does not read a profile that others can
            umask 077
            cat >/etc/NetworkManager/system-connections/pistereolink.nmconnection <<'PROFILE'
        {{profile}}PROFILE
        )

        set_country() { # without one the radio stays blocked
            raspi-config nonint do_wifi_country "$1"
            result=$?
            rfkill unblock wifi
            for file in /var/lib/systemd/rfkill/*:wlan; do
                [ ! -e "$file" ] || echo 0 >"$file"
            done
            file=/var/lib/NetworkManager/NetworkManager.state
            [ ! -f "$file" ] || sed -i 's/^WirelessEnabled=false/WirelessEnabled=true/' "$file"
            return "$result"
        }


        """;

    public static string End(IEnumerable<string> steps) => $$"""
        main() {
            : >"$boot/firstrun.log"
            {{string.Join("\n    ", steps)}}
            # Not again; and what it knew does not stay on a card that anybody can read.
            sed -i 's/ systemd\.run=[^ ]*//; s/ systemd\.run_success_action=[^ ]*//; s/ systemd\.unit=kernel-command-line\.target//' "$boot/cmdline.txt"
            rm -f "$boot/{{FirstRunScript.Name}}"
            sync
            exit 0
        }

        main

        """;
}
