using System.Text.RegularExpressions;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>Each generation's files, whole, field by field.</summary>
public partial class CardFormatTests
{
    [Fact]
    public async Task Bullseye_gets_ssh_wpa_supplicant_userconf_and_a_script_for_the_rest()
    {
        using var card = MadeUpCard.Bullseye;
        var said = await card.PreparedAsync("--hidden");

        Assert.Equal(["cmdline.txt", "config.txt", "firstrun.sh", "issue.txt", "ssh", "userconf.txt", "wpa_supplicant.conf"], card.Names);
        Assert.Equal("", card["ssh"]);
        Assert.Equal($$"""
            # Written by PiStereoLink (./pistereolink sdcard).
            ctrl_interface=DIR=/var/run/wpa_supplicant GROUP=netdev
            update_config=1
            country=DE

            network={
                ssid="IEEE"
                scan_ssid=1
                key_mgmt=WPA-PSK
                psk={{MadeUpCard.Key}}
            }

            """, card["wpa_supplicant.conf"]);
        Assert.Matches(@"^alice:\$5\$rounds=100000\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{43}\n\z", card["userconf.txt"]);
        Assert.Equal($"{MadeUpCard.CommandLine} quiet init=/usr/lib/raspberrypi-sys-mods/firstboot systemd.run=/boot/firstrun.sh systemd.run_success_action=reboot systemd.unit=kernel-command-line.target\n", card["cmdline.txt"]);
        Assert.DoesNotContain("set_account", card["firstrun.sh"], StringComparison.Ordinal);
        Assert.Equal("userconf", said.GetProperty("format").GetString());
    }

    [Fact]
    public async Task Buster_gets_no_file_that_opens_SSH_before_the_known_password_is_gone()
    {
        using var card = MadeUpCard.Buster;
        await card.PreparedAsync();

        Assert.Equal(["cmdline.txt", "config.txt", "firstrun.sh", "issue.txt", "wpa_supplicant.conf"], card.Names);
        Assert.Contains("scan_ssid=0", card["wpa_supplicant.conf"], StringComparison.Ordinal);
        Assert.Contains("hash='$5$rounds=100000$", card["firstrun.sh"], StringComparison.Ordinal);
        Assert.Contains(" systemd.run=/boot/firstrun.sh ", card["cmdline.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookworm_gets_a_script_and_the_entry_that_calls_it()
    {
        using var card = MadeUpCard.Bookworm;
        await card.PreparedAsync("--hidden");

        Assert.Equal(["cmdline.txt", "config.txt", "firstrun.sh", "issue.txt"], card.Names);
        Assert.Equal($"{MadeUpCard.CommandLine} quiet init=/usr/lib/raspberrypi-sys-mods/firstboot cfg80211.ieee80211_regdom=DE systemd.run=/boot/firmware/firstrun.sh systemd.run_success_action=reboot systemd.unit=kernel-command-line.target\n", card["cmdline.txt"]);
        var script = card["firstrun.sh"];
        Assert.Matches(@"\nhash='\$(y\$j9T|5\$rounds=100000)\$", script);
        Assert.Contains($"""
            [connection]
            id=pistereolink
            type=wifi
            autoconnect=true
            autoconnect-retries=0

            [wifi]
            mode=infrastructure
            ssid=IEEE
            hidden=true
            powersave=2

            [wifi-security]
            key-mgmt=wpa-psk
            psk={MadeUpCard.Key}

            """, script, StringComparison.Ordinal);
        Assert.DoesNotContain("wpa_supplicant.conf", script, StringComparison.Ordinal);      // its first boot would take this for an old script
    }

    [Fact]
    public async Task Trixie_gets_what_cloud_init_reads()
    {
        using var card = MadeUpCard.Trixie;
        await card.PreparedAsync("--hidden");

        Assert.Equal(["cmdline.txt", "config.txt", "issue.txt", "meta-data", "network-config", "user-data"], card.Names);
        Assert.Equal($$"""
            #cloud-config
            # Written by PiStereoLink (./pistereolink sdcard).
            hostname: "garden-left"
            manage_etc_hosts: true
            user:
              name: "alice"
              shell: /bin/bash
              lock_passwd: false
              passwd: "HASH"
              sudo: null
              ssh_authorized_keys:
                - "{{MadeUpCard.PublicKey}}"
            ssh_pwauth: false
            timezone: "Europe/Berlin"
            runcmd:
              - [systemctl, enable, --now, ssh]

            """, PasswordHash.Replace(card["user-data"], "HASH"));
        Assert.Equal($"""
            # Written by PiStereoLink (./pistereolink sdcard).
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
                  regulatory-domain: "DE"
                  access-points:
                    "IEEE":
                      hidden: true
                      password: "{MadeUpCard.Key}"
                      networkmanager:
                        passthrough:
                          connection.autoconnect-retries: "0"
                          wifi.powersave: "2"

            """, card["network-config"]);
        var instance = Regex.Match(card["meta-data"], "^instance-id: (pistereolink-[0-9a-f]{32})$", RegexOptions.Multiline).Groups[1].Value;
        Assert.Equal($"{MadeUpCard.CommandLine} resize cfg80211.ieee80211_regdom=DE ds=nocloud;i={instance}\n", card["cmdline.txt"]);
    }

    [Fact]
    public async Task The_newest_get_one_file()
    {
        using var card = MadeUpCard.Newest;
        await card.PreparedAsync("--format", "preseed");

        Assert.Equal(["cmdline.txt", "config.txt", "issue.txt", "rpi-preseed.toml"], card.Names);
        Assert.StartsWith($"""
            # Written by PiStereoLink (./pistereolink sdcard).
            config_version = "1.0"

            [system]
            hostname = "garden-left"

            [user]
            name = "alice"
            password = "HASH"
            password_encrypted = true
            groups = ["sudo"]

            [ssh]
            enabled = true
            password_authentication = false
            authorized_keys = ["{MadeUpCard.PublicKey}"]

            [wlan]
            ssid = "IEEE"
            password = "{MadeUpCard.Key}"
            password_encrypted = true
            key_mgmt = "wpa-psk"
            hidden = false
            country = "DE"

            [locale]
            timezone = "Europe/Berlin"

            [runcmd]
            early = [
            """, PasswordHash.Replace(card["rpi-preseed.toml"], "HASH"), StringComparison.Ordinal);
        Assert.Equal($"{MadeUpCard.CommandLine} resize cfg80211.ieee80211_regdom=DE\n", card["cmdline.txt"]);
        Assert.Equal("preseed", (await card.PreparedAsync()).GetProperty("format").GetString());      // now the card tells
    }

    [Theory]
    [InlineData("Bullseye", "userconf.txt", "alice:*\n")]
    [InlineData("Bookworm", "firstrun.sh", "\nhash='*'\n")]
    [InlineData("Trixie", "user-data", "  lock_passwd: true\n  sudo: ALL=(ALL) NOPASSWD:ALL\n")]
    [InlineData("Newest", "rpi-preseed.toml", "\npasswordless_sudo = true\n")]
    public async Task An_account_without_a_password_has_none_and_its_sudo_asks_for_none(string generation, string file, string expected)
    {
        using var card = MadeUpCard.Of(generation);
        var outcome = await card.RunAsync("--user", "alice", "--no-password", "--key", card.Beside("key.pub"), "--hostname", "one", "--format", FormatOf(generation));
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Contains(expected, card[file], StringComparison.Ordinal);
        Assert.DoesNotContain("$5$", card[file], StringComparison.Ordinal);
        Assert.DoesNotContain("wlan", card[file], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bookworm", "firstrun.sh", "key-mgmt=sae\npsk=it's\\sa\\s\\\\long\\s\"one\"\n")]
    [InlineData("Trixie", "network-config", "          password: \"it's a \\\\long \\\"one\\\"\"\n          networkmanager:\n            passthrough:\n              connection.autoconnect-retries: \"0\"\n              wifi.powersave: \"2\"\n              wifi-security.key-mgmt: \"sae\"\n")]
    [InlineData("Newest", "rpi-preseed.toml", "password = \"it's\\\\sa\\\\s\\\\\\\\long\\\\s\\\"one\\\"\"\npassword_encrypted = false\nkey_mgmt = \"sae\"\n")]
    public async Task WPA3_alone_needs_the_passphrase_itself(string generation, string file, string expected)
    {
        using var card = MadeUpCard.Of(generation);
        card.Put("passphrase", "it's a \\long \"one\"\n");
        await card.PreparedAsync("--wpa3", "--format", FormatOf(generation));
        Assert.Contains(expected, card[file], StringComparison.Ordinal);
    }

    private static string FormatOf(string generation) => generation switch
    {
        "Bullseye" => "userconf",
        "Bookworm" => "firstrun",
        "Trixie" => "cloud-init",
        _ => "preseed",
    };

    [GeneratedRegex(@"\$(y\$j9T|5\$rounds=100000)\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{43}")]
    private static partial Regex PasswordHash { get; }
}
