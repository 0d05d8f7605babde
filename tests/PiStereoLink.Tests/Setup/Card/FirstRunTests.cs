using PiStereoLink.Tests.LinkFaults;

namespace PiStereoLink.Tests.Setup.Card;

/// <summary>
/// firstrun.sh run as root in a copy of this machine that nobody sees: an overlay of the root file system, in a mount namespace, with
/// stand-ins that write down how they were called.
/// </summary>
public class FirstRunTests
{
    /// <summary>$1: the boot partition's folder; $2: where it is on the Pi; $3: whether there is userconf. Prints what has become of things.</summary>
    private const string InACopy = """
        set -e
        mount -t tmpfs psl "$1"
        mkdir "$1/upper" "$1/work" "$1/pi"
        mount -t overlay psl -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/pi" || exit 77
        mount --rbind /dev "$1/pi/dev"
        mount --rbind /proc "$1/pi/proc"
        mkdir -p "$1/pi$2" "$1/pi/etc/ssh" "$1/pi/etc/NetworkManager/system-connections" "$1/pi/var/lib/NetworkManager" "$1/pi/var/lib/systemd/rfkill" "$1/pi/etc/sudoers.d" "$1/pi/usr/lib/userconf-pi"
        tar -x -C "$1/pi$2"
        cat >"$1/pi/first.sh" <<'PI'
        boot=$1
        for file in passwd shadow group; do sed -i '/^[^:]*:[^:]*:1000:/d' /etc/$file; done
        groupadd -g 1000 pi && useradd -u 1000 -g pi -m -s /bin/bash pi && echo pi:raspberry | chpasswd
        echo raspberrypi >/etc/hostname
        printf '127.0.0.1 localhost\n127.0.1.1\traspberrypi\n' >/etc/hosts
        printf 'Include /etc/ssh/sshd_config.d/*.conf\n#PasswordAuthentication yes\nPasswordAuthentication yes\n' >/etc/ssh/sshd_config
        echo 'WirelessEnabled=false' >/var/lib/NetworkManager/NetworkManager.state
        echo 1 >/var/lib/systemd/rfkill/platform-soc:wlan
        for tool in raspi-config rfkill systemctl; do
            printf '#!/bin/sh\necho "%s $*" >>/called\n' "$tool" >"/usr/bin/$tool"
            chmod +x "/usr/bin/$tool"
        done
        if [ "$2" = userconf ]; then
            cat >/usr/lib/userconf-pi/userconf <<'USERCONF'
        #!/bin/sh
        echo "userconf $1" >>/called
        usermod -l "$1" pi && usermod -m -d "/home/$1" "$1" && groupmod -n "$1" pi && echo "$1:$2" | chpasswd -e
        USERCONF
            chmod +x /usr/lib/userconf-pi/userconf
        elif [ "$2" = broken ]; then
            printf '#!/bin/sh\nexit 1\n' >/usr/lib/userconf-pi/userconf
            chmod +x /usr/lib/userconf-pi/userconf
        fi
        cp "$boot/firstrun.sh" /script
        sh "$boot/firstrun.sh"
        echo "exit $?"
        echo "hostname $(cat /etc/hostname), $(grep 127.0.1.1 /etc/hosts | tr '\t' ' ')"
        echo "passwd $(getent passwd 1000)"
        [ "$(getent shadow alice | cut -d: -f2)" = "$(sed -n "s/^hash='\(.*\)'/\1/p" /script)" ] && echo "shadow as asked"
        echo "key $(stat -c '%U:%G %a' /home/*/.ssh /home/*/.ssh/authorized_keys | tr '\n' ' ')$(cat /home/*/.ssh/authorized_keys)"
        echo "sshd $(head -n 1 /etc/ssh/sshd_config), $(grep -c '^PasswordAuthentication' /etc/ssh/sshd_config) in all"
        echo "zone $(readlink /etc/localtime)"
        for file in /etc/NetworkManager/system-connections/*; do [ ! -e "$file" ] || echo "profile $(stat -c %a "$file") $file $(grep -c "^psk=f42c6fc5" "$file")"; done
        echo "radio $(cat /var/lib/NetworkManager/NetworkManager.state) $(cat /var/lib/systemd/rfkill/*)"
        for file in /etc/sudoers.d/010_alice-nopasswd; do [ ! -e "$file" ] || echo "sudo $(stat -c %a "$file") $(cat "$file")"; done
        sed 's/^/called /' /called
        sed 's/^/log /' "$boot/firstrun.log"
        echo "cmdline $(cat "$boot/cmdline.txt")"
        echo "boot $(cd "$boot" && echo *)"
        PI
        chroot "$1/pi" /bin/sh /first.sh "$2" "$3"
        """;

    [Fact]
    public async Task On_Bookworm_it_sets_everything_and_takes_itself_out()
    {
        using var card = MadeUpCard.Bookworm;
        await card.PreparedAsync();
        var said = await RunAsync(card, "/boot/firmware", "userconf");
        foreach (var line in new[]
        {
            "exit 0",
            "hostname garden-left, 127.0.1.1 garden-left",
            "passwd alice:x:1000:1000::/home/alice:/bin/bash",
            "shadow as asked",
            $"key alice:alice 700 alice:alice 600 {MadeUpCard.PublicKey}",
            "sshd PasswordAuthentication no, 1 in all",
            "zone /usr/share/zoneinfo/Europe/Berlin",
            "profile 600 /etc/NetworkManager/system-connections/pistereolink.nmconnection 1",
            "radio WirelessEnabled=true 0",
            "called userconf alice",
            "called systemctl enable ssh",
            "called raspi-config nonint do_wifi_country DE",
            "called rfkill unblock wifi",
            "log account: done",
            "log country: done",
            $"cmdline {MadeUpCard.CommandLine} quiet init=/usr/lib/raspberrypi-sys-mods/firstboot cfg80211.ieee80211_regdom=DE",
            "boot cmdline.txt config.txt firstrun.log issue.txt",
        })
            Assert.Contains(line, said);
        Assert.DoesNotContain(said, line => line.Contains("FAILED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_Buster_it_replaces_the_known_password_itself_before_SSH_opens()
    {
        using var card = MadeUpCard.Buster;
        await card.PreparedAsync();
        var said = await RunAsync(card, "/boot", "none");
        foreach (var line in new[] { "passwd alice:x:1000:1000::/home/alice:/bin/bash", "shadow as asked", $"key alice:alice 700 alice:alice 600 {MadeUpCard.PublicKey}", "called systemctl enable ssh", "log ssh: done" })
            Assert.Contains(line, said);
        Assert.DoesNotContain(said, line => line.Contains("FAILED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_account_could_not_be_made_SSH_stays_closed_and_the_log_says_so()
    {
        using var card = MadeUpCard.Bookworm;
        await card.PreparedAsync();
        var said = await RunAsync(card, "/boot/firmware", "broken");
        Assert.Contains("log account: FAILED", said);
        Assert.Contains("log SSH stays closed, because the account is not as it was asked for.", said);
        Assert.DoesNotContain("called systemctl enable ssh", said);
        Assert.Contains("exit 0", said);      // or the Pi would be switched off
        Assert.Contains("boot cmdline.txt config.txt firstrun.log issue.txt", said);
    }

    [Fact]
    public async Task On_Bullseye_the_key_lies_with_the_first_user_who_is_renamed_afterwards()
    {
        using var card = MadeUpCard.Bullseye;
        var outcome = await card.RunAsync("--user", "alice", "--no-password", "--key", card.Beside("key.pub"), "--hostname", "one");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        var said = await RunAsync(card, "/boot", "userconf");
        Assert.Contains("passwd pi:x:1000:1000::/home/pi:/bin/bash", said);
        Assert.Contains($"key pi:pi 700 pi:pi 600 {MadeUpCard.PublicKey}", said);
        Assert.Contains("sudo 440 alice ALL=(ALL) NOPASSWD: ALL", said);
    }

    [Theory]
    [InlineData("Buster")]
    [InlineData("Bullseye")]
    [InlineData("Bookworm")]
    public async Task It_is_a_clean_shell_script(string generation)
    {
        using var card = MadeUpCard.Of(generation);
        card.Put("key.pub", MadeUpCard.PublicKey + " `x` $(y) \\ ; &\n" + MadeUpCard.PublicKey + "\n");
        await card.PreparedAsync("--wifi", "a 'b' \"c\" $d `e` \\ PROFILE");
        var script = Path.Combine(card.Folder, "firstrun.sh");
        Assert.Equal(0, (await Tool.RunInstalledAsync("sh", "-n", script)).ExitCode);
        var checkedBy = await Tool.RunInstalledAsync("shellcheck", script);
        Assert.True(checkedBy.ExitCode == 0, checkedBy.Output);
    }

    private static async Task<string[]> RunAsync(MadeUpCard card, string at, string userconf)
    {
        Assert.SkipWhen(Shell.WhyNot("unshare", "chroot", "tar", "useradd") is not null, $"a copy of this machine cannot be made: {Shell.WhyNot("unshare", "chroot", "tar", "useradd")}");
        var scratch = Directory.CreateDirectory(card.Beside("scratch")).FullName;
        var outcome = await Tool.RunAsync(Shell.Find("sh"), "-c",
            $"cd {card.Folder} && tar -c * | unshare --mount sh -c '{InACopy.Replace("'", @"'\''", StringComparison.Ordinal)}' sh {scratch} {at} {userconf}");
        Assert.SkipWhen(outcome.ExitCode == 77, $"no overlay can be mounted here: {outcome.Errors}");
        Assert.True(outcome.ExitCode == 0, outcome.Errors + outcome.Output);
        return outcome.Output.Split('\n');
    }
}
