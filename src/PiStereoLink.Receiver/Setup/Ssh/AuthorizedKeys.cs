namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>~/.ssh/authorized_keys on the other machine: the keys that may log in.</summary>
internal static class AuthorizedKeys
{
    /// <summary>Adds a key, once, and gives file and folders the rights without which sshd ignores them.</summary>
    public static async Task AddAsync(SshLogin login, string key, CancellationToken cancellation)
    {
        const string Add = """
            set -e
            umask 077
            mkdir -p ~/.ssh
            file=~/.ssh/authorized_keys
            touch "$file"
            # A file that was edited by hand may lack its last line end.
            [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || echo >>"$file"
            grep -qF -- "$1" "$file" || printf '%s pistereolink\n' "$1" >>"$file"
            chmod go-w ~
            chmod 700 ~/.ssh
            chmod 600 "$file"
            """;
        (await login.RunAsync(SshLogin.Called(Add, key), cancellation: cancellation)).Expect("Adding the key to ~/.ssh/authorized_keys", login.Target);
    }

    public static async Task<bool> HasAsync(SshLogin login, string key, CancellationToken cancellation) =>
        (await login.RunAsync(SshLogin.Called("grep -qsF -- \"$1\" ~/.ssh/authorized_keys", key), cancellation: cancellation)).Done;

    /// <summary>Takes a key away; other lines stay as they are.</summary>
    public static async Task RemoveAsync(SshLogin login, string key, CancellationToken cancellation)
    {
        const string Remove = """
            set -e
            umask 077
            file=~/.ssh/authorized_keys
            [ -e "$file" ] || exit 0
            grep -vF -- "$1" "$file" >"$file.part" || [ $? -eq 1 ]
            chmod 600 "$file.part"
            mv -f "$file.part" "$file"
            """;
        (await login.RunAsync(SshLogin.Called(Remove, key), cancellation: cancellation)).Expect("Taking the key from ~/.ssh/authorized_keys", login.Target);
    }
}
