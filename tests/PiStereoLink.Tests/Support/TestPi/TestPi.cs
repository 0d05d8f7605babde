using System.Diagnostics;

namespace PiStereoLink.Tests;

/// <summary>
/// A "Pi" on this machine: a real sshd, sudo and PAM in namespaces of its own, over a layer of this machine's file
/// system that is gone afterwards (board.sh), and a "desk" beside it (desk.sh), the two joined by a cable of their own.
/// What the test does, it does at the desk: <see cref="StartAtDesk"/>, <see cref="AtDeskAsync"/>.
/// </summary>
internal sealed partial class TestPi : IAsyncDisposable
{
    /// <summary>The Pi's name, which the desk knows.</summary>
    public const string Host = "raspberrypi.local";

    /// <summary>The addresses of the two ends of the cable.</summary>
    public const string Address = "192.168.77.2", DeskAddress = "192.168.77.1";

    /// <summary>An address of the same network that nobody has.</summary>
    public const string NobodysAddress = "192.168.77.99";

    public const string User = "pi", Password = "a raspberry's";

    private readonly DirectoryInfo folder;
    private readonly Process desk;
    private readonly string deskId, boardId;

    private TestPi(DirectoryInfo folder, Process desk, string deskId, string boardId) =>
        (this.folder, this.desk, this.deskId, this.boardId) = (folder, desk, deskId, boardId);

    /// <summary>As ssh is given it.</summary>
    public static string Destination => $"{User}@{Host}";

    /// <summary>A folder of this test that both the test and the desk see, and the Pi does not.</summary>
    public string Scratch => Path.Combine(folder.FullName, "scratch");

    /// <summary>A program at the desk: in its network, with an empty <c>~/.ssh</c>, nobody's SSH agent and no terminal. Start it, end it.</summary>
    public ProcessStartInfo StartAtDesk(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("nsenter", ["--target", deskId, "--net", "--mount", "--", "setsid", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SSH_AUTH_SOCK");
        start.Environment.Remove("SSH_ASKPASS");
        start.Environment.Remove("DISPLAY");
        return start;
    }

    /// <summary>A program that is ssh at the desk, for code under test that runs in the test's own process; it may ask for that password.</summary>
    public string Ssh(string? password = null) => Script("ssh", $"""
        unset SSH_AUTH_SOCK DISPLAY
        export SSH_ASKPASS={Asker} SSH_ASKPASS_REQUIRE=force TEST_PI_PASSWORD="{password}"
        exec nsenter --target {deskId} --net --mount -- setsid ssh "$@"
        """);

    /// <summary>Runs a program at the desk to its end, without a terminal.</summary>
    public Task<Tool.Outcome> AtDeskAsync(string program, params string[] arguments) => Tool.RunAsync(StartAtDesk(program, arguments));

    /// <summary>Runs a program at the desk that ssh may ask for the password through (SSH_ASKPASS answers with it).</summary>
    public Task<Tool.Outcome> WithPasswordAsync(string password, string program, params string[] arguments)
    {
        var start = StartAtDesk(program, arguments);
        (start.Environment["SSH_ASKPASS"], start.Environment["SSH_ASKPASS_REQUIRE"], start.Environment["TEST_PI_PASSWORD"]) = (Asker, "force", password);
        return Tool.RunAsync(start);
    }

    /// <summary>What ssh-setup leads to, made here by hand: the desk knows the Pi's host key, and the Pi takes this private key, which has no passphrase.</summary>
    public async Task<string> KeyAsync()
    {
        var key = Path.Combine(Scratch, "key");
        var made = await AtDeskAsync("sh", "-c", "ssh-keygen -q -t ed25519 -N '' -f \"$0\" && mkdir -m 700 -p ~/.ssh && ssh-keyscan -t ed25519 raspberrypi.local >>~/.ssh/known_hosts", key);
        Assert.True(made.ExitCode == 0, made.Errors);
        await OnPiAsync($"cd /home/{User} && install -d -m 700 -o {User} -g {User} .ssh && echo '{(await File.ReadAllTextAsync(key + ".pub")).Trim()}' >>.ssh/authorized_keys && chown {User}: .ssh/authorized_keys && chmod 600 .ssh/authorized_keys");
        return key;
    }

    // Some questions are for a yes: whether a host key is right.
    private string Asker => Script("askpass", "case $1 in *'yes/no'*) echo yes ;; *) printf '%s\\n' \"$TEST_PI_PASSWORD\" ;; esac");

    private string Script(string name, string text)
    {
        var path = Path.Combine(Scratch, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n", new System.Text.UTF8Encoding(false));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Runs a script of bash on the Pi, as root and not through ssh; what it prints. A script that fails fails the test.</summary>
    public async Task<string> OnPiAsync(string script)
    {
        var outcome = await Tool.RunAsync("nsenter", "--target", boardId, "--mount", "--net", "--uts", "--pid", "--", "chroot", Path.Combine(folder.FullName, "machine", "root"),
            "/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "/bin/bash", "-c", script);
        Assert.True(outcome.ExitCode == 0, $"On the Pi, \"{script}\" ended with {outcome.ExitCode}: {outcome.Errors}{outcome.Output}");
        return outcome.Output;
    }

    /// <summary>
    /// Everything that the Pi's disk has beyond this machine's: kind, rights, owner, size, time of last change (not of
    /// folders) and contents of each. What every login leaves (lastlog, wtmp and the like) and memory (/run, /tmp) are no part of it.
    /// </summary>
    public async Task<string[]> FilesAsync()
    {
        const string List = """
            cd "$0" && find . -mindepth 1 \( -path ./var/log -o -path ./var/lib/sudo \) -prune -o \
                -type d -printf '%P d %m %U:%G\n' -o -type l -printf '%P l %l\n' -o -type f -printf '%P f %m %U:%G %s %T@\n' -o -printf '%P %y\n'
            find . \( -path ./var/log -o -path ./var/lib/sudo \) -prune -o -type f -print0 | xargs -0 md5sum
            """;
        var outcome = await Tool.RunAsync("nsenter", "--target", boardId, "--mount", "--", "/bin/sh", "-c", List, Path.Combine(folder.FullName, "machine", "upper"));
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !IsFolderOfThisMachine(line)).Order(StringComparer.Ordinal)];
    }

    // The layer gets a copy of a folder as soon as anything in it was changed, even if that is undone.
    private static bool IsFolderOfThisMachine(string line) =>
        line.Split(" d ") is [var path, var rights] && Directory.Exists("/" + path) && !OperatingSystem.IsWindows() &&
        Convert.ToInt32(rights.Split(' ')[0], 8) == (int)File.GetUnixFileMode("/" + path);

    /// <summary>Ends every process of both sides; the layers go with their namespaces.</summary>
    public async ValueTask DisposeAsync()
    {
        desk.StandardInput.Close();
        await desk.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        desk.Dispose();
        folder.Delete(recursive: true);
    }
}
