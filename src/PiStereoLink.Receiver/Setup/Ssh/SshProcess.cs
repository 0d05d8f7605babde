using System.ComponentModel;
using System.Diagnostics;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Runs ssh, or another program of its family, once.</summary>
internal static class SshProcess
{
    /// <summary>Kept of stdout and of stderr each: no command here says more, and a mad one does not fill this machine.</summary>
    public const int MaxOutputBytes = 4 << 20;

    /// <exception cref="SshException">There is no such program here.</exception>
    /// <param name="program">Which one.</param>
    /// <param name="arguments">What stands behind its name.</param>
    /// <param name="agent">The socket of the SSH agent that it is to use instead of the user's.</param>
    public static Process Start(string program, IEnumerable<string> arguments, string? agent = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (agent is not null)
            start.Environment["SSH_AUTH_SOCK"] = agent;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new SshException(SshFault.NoSshProgram, $"There is no program {program} on this machine ({e.Message}). Install the OpenSSH client: sudo apt install openssh-client; on Windows under Settings, Optional features.");
        }
    }

    /// <summary>To its end: <paramref name="input"/> in, stdout to <paramref name="output"/>. It is killed when the token says so.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(string program, IEnumerable<string> arguments, Stream? input, Stream output, CancellationToken cancellation, string? agent = null)
    {
        using var process = Start(program, arguments, agent);
        try
        {
            // All three at once, so that no pipe fills and stops it.
            var errors = ErrorsAsync(process, cancellation);
            var told = FeedAsync(process, input, cancellation);
            await Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(output, cancellation), errors);
            await process.WaitForExitAsync(cancellation);
            await told;
            return (process.ExitCode, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>The same with stdout kept, up to <see cref="MaxOutputBytes"/>.</summary>
    public static async Task<SshAnswer> RunAsync(string program, IEnumerable<string> arguments, Stream? input, CancellationToken cancellation, string? agent = null)
    {
        using var output = new BoundedStream(MaxOutputBytes);
        var (exitCode, errors) = await RunAsync(program, arguments, input, output, cancellation, agent);
        return new(exitCode, output.ToString(), errors);
    }

    /// <summary>Its stderr to the end, of which the first <see cref="MaxOutputBytes"/> are kept.</summary>
    public static async Task<string> ErrorsAsync(Process process, CancellationToken cancellation)
    {
        using var errors = new BoundedStream(MaxOutputBytes);
        await process.StandardError.BaseStream.CopyToAsync(errors, cancellation);
        return errors.ToString();
    }

    // It may end without having read everything; its exit code says more about that than a broken pipe does.
    private static async Task FeedAsync(Process process, Stream? input, CancellationToken cancellation)
    {
        try
        {
            if (input is not null)
                await input.CopyToAsync(process.StandardInput.BaseStream, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }
}
