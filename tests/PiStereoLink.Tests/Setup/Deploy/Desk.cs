using System.Diagnostics;

namespace PiStereoLink.Tests.Setup.Deploy;

/// <summary>A Pi with a receiver at the desk beside it, and the verbs as a user types them there.</summary>
public sealed class Desk : IAsyncDisposable
{
    private static readonly string Receiver = Programs.Path("PiStereoLink.Receiver");

    private readonly Process receiver;

    private Desk(TestPi pi, Process receiver) => (Pi, this.receiver) = (pi, receiver);

    internal TestPi Pi { get; }

    /// <summary>The receiver's.</summary>
    public string State => Path.Combine(Pi.Scratch, "state");

    /// <summary>Where frames are kept.</summary>
    public string Store => Path.Combine(Pi.Scratch, "store");

    /// <summary>A published agent that uses the .NET of its machine.</summary>
    public static string Agent => Path.GetDirectoryName(Programs.Path("PiStereoLink.Agent"))!;

    internal static async Task<Desk> StartAsync(TestPiSettings? settings = null)
    {
        var pi = await TestPi.StartAsync(settings ?? new() { Sudo = PiSudo.Free });
        var start = pi.StartAtDesk(Receiver, "serve", "--state", Path.Combine(pi.Scratch, "state"), "--store", Path.Combine(pi.Scratch, "store"));
        var desk = new Desk(pi, Process.Start(start)!);
        // Read, so that it does not stop at a full pipe.
        desk.receiver.OutputDataReceived += static (_, _) => { };
        desk.receiver.ErrorDataReceived += static (_, _) => { };
        desk.receiver.BeginOutputReadLine();
        desk.receiver.BeginErrorReadLine();
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(desk.State, "receiver.json"))));
        return desk;
    }

    /// <summary>A verb on the Pi, with this receiver; the password is there for whoever asks.</summary>
    internal Task<Tool.Outcome> RunAsync(string verb, params string[] arguments) =>
        Pi.WithPasswordAsync(TestPi.Password, Receiver, ["setup", verb, TestPi.Destination, "--state", State, .. arguments]);

    /// <summary>The same with other words after the verb, and nobody to ask for a password.</summary>
    internal Task<Tool.Outcome> WithoutPasswordAsync(string verb, params string[] arguments) =>
        Pi.AtDeskAsync(Receiver, ["setup", verb, .. arguments, "--state", State]);

    /// <summary>Deploys the agent that was built beside the tests, and no test picture.</summary>
    internal Task<Tool.Outcome> DeployAsync(params string[] arguments) => RunAsync("deploy", ["--agent", Agent, "--no-test-shot", .. arguments]);

    /// <summary>How many frames are kept.</summary>
    public int Frames => Directory.Exists(Store) ? Directory.EnumerateFiles(Store, "*.jpg", SearchOption.AllDirectories).Count() : 0;

    public async ValueTask DisposeAsync()
    {
        if (!receiver.HasExited)
            receiver.Kill(entireProcessTree: true);
        await receiver.WaitForExitAsync();
        receiver.Dispose();
        await Pi.DisposeAsync();
    }
}
