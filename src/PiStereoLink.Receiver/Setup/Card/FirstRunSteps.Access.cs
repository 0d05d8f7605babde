namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>Who may log in, and how.</summary>
internal static partial class FirstRunSteps
{
    public const string Sudo = """
        set_sudo() { # there is no password that sudo could ask for
            echo "$1 ALL=(ALL) NOPASSWD: ALL" >"/etc/sudoers.d/010_$1-nopasswd" && chmod 440 "/etc/sudoers.d/010_$1-nopasswd"
        }


        """;

    public const string Ssh = """
        open_ssh() {
            if [ "$(getent shadow "$user" | cut -d : -f 2)" != "$hash" ]; then
                echo "SSH stays closed, because the account is not as it was asked for."
                return 1
            fi
            systemctl enable ssh
        }


        """;

    public static string Account(string user, string hash) => $$"""
        user={{user}}
        hash={{Quoted.Shell(hash)}}
        set_account() {
            if [ -x /usr/lib/userconf-pi/userconf ]; then
                /usr/lib/userconf-pi/userconf "$user" "$hash"
                return
            fi
            first=$(getent passwd 1000 | cut -d : -f 1)
            echo "$first:$hash" | chpasswd -e || return
            [ "$first" != "$user" ] || return 0
            usermod -l "$user" "$first" && usermod -m -d "/home/$user" "$user" && groupmod -n "$user" "$first" || return
            for file in /etc/sudoers.d/010_pi-nopasswd /etc/subuid /etc/subgid; do
                [ ! -f "$file" ] || sed -i "s/^$first\([ :]\)/$user\1/" "$file"
            done
            for file in /etc/lightdm/lightdm.conf /etc/systemd/system/getty@tty1.service.d/autologin.conf; do
                [ ! -f "$file" ] || sed -i "s/^\(autologin-user=\)$first\$/\1$user/; s/\(--autologin \)$first\b/\1$user/" "$file"
            done
        }


        """;

    public static string Keys(IEnumerable<string> keys) => $$"""
        set_keys() {
            first=$(getent passwd 1000 | cut -d : -f 1)
            home=$(getent passwd 1000 | cut -d : -f 6)
            [ "$home" ] && install -o "$first" -g "$first" -m 700 -d "$home/.ssh" || return
            while IFS= read -r key; do
                grep -qxF -- "$key" "$home/.ssh/authorized_keys" 2>/dev/null || printf '%s\n' "$key" >>"$home/.ssh/authorized_keys" || return
            done <<'KEYS'
        {{string.Join('\n', keys)}}
        KEYS
            chown "$first:$first" "$home/.ssh/authorized_keys" && chmod 600 "$home/.ssh/authorized_keys"
        }


        """;

    /// <summary>Of several lines sshd takes the first, so ours is at the very top, in front of every file that it includes.</summary>
    public static string Logins(bool password) => $$"""
        set_logins() {
            sed -i '/^[[:space:]]*PasswordAuthentication[[:space:]]/d' /etc/ssh/sshd_config &&
                sed -i '1i PasswordAuthentication {{(password ? "yes" : "no")}}' /etc/ssh/sshd_config
        }


        """;
}
