using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PiStereoLink.Tests;

internal sealed partial class TestPi
{
    /// <summary>Unpacked for each Pi, installed nowhere; `./pistereolink test` fetches them.</summary>
    private static string? Packages { get; } = Repository.Root is { } root ? Path.Combine(root, "artifacts", "test-pi") : null;

    /// <summary>Switches one on. Where this machine cannot have one, the test is skipped and says why.</summary>
    public static async Task<TestPi> StartAsync(TestPiSettings? settings = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test's Pi needs Linux namespaces.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The test's Pi needs root, for namespaces of its own.");
        foreach (var program in new[] { "unshare", "nsenter", "ip", "ssh", "ssh-keygen", "dpkg-deb", "python3" })
            Tool.FindInstalled(program);
        Assert.SkipUnless(Directory.Exists(Packages) && Directory.EnumerateFiles(Packages, "openssh-server_*.deb").Any(),
            "The packages of the test's Pi are not in artifacts/test-pi; ./pistereolink test fetches them, with apt and as root.");

        var folder = Directory.CreateTempSubdirectory("pistereolink-pi-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "scratch"));
        var machine = Directory.CreateDirectory(Path.Combine(folder.FullName, "machine"));
        var script = Path.Combine(Repository.Root!, "tests", "PiStereoLink.Tests", "Support", "TestPi", "desk.sh");
        var start = new ProcessStartInfo("unshare", ["--mount", "--net", "--propagation", "private", "bash", script, machine.FullName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Wishes(settings ?? new()))
            start.Environment[name] = value;

        var desk = Process.Start(start)!;
        var errors = desk.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = await desk.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        if (line?.Split(' ') is ["ready", var deskId, var boardId])
            return new(folder, desk, deskId, boardId);
        desk.Kill(entireProcessTree: true);
        var reason = await errors;
        folder.Delete(recursive: true);
        // A container may be root without the right to mount; that says nothing about the product.
        Assert.SkipWhen(reason.Contains("not permitted", StringComparison.Ordinal) || reason.Contains("denied", StringComparison.Ordinal), $"Namespaces or mounts are not allowed here: {reason}");
        throw new InvalidOperationException($"The test's Pi did not start: {reason}");
    }

    private static IEnumerable<(string Name, string Value)> Wishes(TestPiSettings settings) =>
    [
        ("PI_PACKAGES", Packages!),
        ("PI_GENERATION", settings.Generation),
        ("PI_MODEL", settings.Model),
        ("PI_SUDO", settings.Sudo switch { PiSudo.Free => "free", PiSudo.Asks => "asks", _ => "none" }),
        ("PI_CAMERA", settings.Camera ? "simulated" : "none"),
        ("PI_SIMULATED_CAMERA", Programs.Path("PiStereoLink.SimulatedCamera")),
        ("PI_DOTNET", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))),
        ("PI_USER", User),
        ("PI_PASSWORD", Password),
        ("PI_ADDRESS", Address),
        ("DESK_ADDRESS", DeskAddress),
    ];
}
