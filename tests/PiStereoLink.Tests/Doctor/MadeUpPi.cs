using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Doctor;

/// <summary>A machine of the test's own: files in a folder, programs that are shell scripts.</summary>
internal sealed class MadeUpPi : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-pi-");

    public MadeUpPi(string model = "Raspberry Pi 4 Model B Rev 1.4")
    {
        Write("proc/device-tree/model", model + "\0");
        Machine = new Machine(Root)
        {
            Find = name => File.Exists(At($"bin/{name}")) ? At($"bin/{name}") : null,
            CanUse = path => !Refused.Contains(Path.GetRelativePath(Root, path)),
            ClockIsSet = () => ClockIsSet,
        };
    }

    public string Root => folder.FullName;

    public Machine Machine { get; }

    public HashSet<string> Refused { get; } = [];

    public bool ClockIsSet { get; set; } = true;

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>A program that prints this.</summary>
    public void Program(string name, string prints)
    {
        Write($"bin/{name}", $"#!/bin/sh\ncat <<'END'\n{prints}\nEND\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A process; without files that it has open, they are not to be seen.</summary>
    public void Process(int id, string[] command, int uid, string? service = null, string[]? open = null)
    {
        Write($"proc/{id}/status", $"Name:\t{Path.GetFileName(command[0])}\nPPid:\t1\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\n");
        Write($"proc/{id}/cmdline", string.Concat(command.Select(word => word + "\0")));
        Write($"proc/{id}/cgroup", service is null ? "0::/user.slice/user-1000.slice/user@1000.service/app.slice\n" : $"0::/system.slice/{service}\n");
        Directory.CreateDirectory(At($"proc/{id}/fd"));
        for (var fd = 0; fd < open?.Length; fd++)
            File.CreateSymbolicLink(At($"proc/{id}/fd/{fd}"), open[fd]);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
