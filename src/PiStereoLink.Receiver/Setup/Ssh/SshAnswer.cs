namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>What a command on another machine answered.</summary>
/// <param name="ExitCode">Of the command.</param>
/// <param name="Output">Its stdout, cut after <see cref="SshProcess.MaxOutputBytes"/>.</param>
/// <param name="Errors">Its stderr, cut likewise.</param>
public sealed record SshAnswer(int ExitCode, string Output, string Errors)
{
    public bool Done => ExitCode == 0;

    /// <summary>The last thing that it said on stderr, or else on stdout.</summary>
    public string LastWords => LastLine(Errors) ?? LastLine(Output) ?? "it said nothing";

    /// <summary>Itself, if the command did what it was to do.</summary>
    /// <exception cref="SshException">It did not; with its last words.</exception>
    public SshAnswer Expect(string what, SshTarget target) =>
        Done ? this : throw new SshException(SshFault.CommandFailed, $"{what} failed on {target}, with exit code {ExitCode}: {LastWords}.");

    private static string? LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()?.TrimEnd('.');
}
