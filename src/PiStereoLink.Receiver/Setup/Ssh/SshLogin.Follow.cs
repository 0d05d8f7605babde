namespace PiStereoLink.Receiver.Setup.Ssh;

// A command whose output is wanted as it comes.
public sealed partial class SshLogin
{
    /// <summary>As root, without a time limit: what the script prints goes to <paramref name="to"/> as it comes, and stdin is empty.</summary>
    /// <exception cref="SshException">There is nobody to ask for sudo's password, or it is refused; or the connection is lost.</exception>
    public async Task<SshAnswer> FollowAsRootAsync(string script, Stream to, CancellationToken cancellation = default)
    {
        sudo ??= await FindSudoAsync(cancellation);
        using var first = sudoPassword is null ? null : new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sudoPassword + "\n"));
        var (exitCode, errors) = await RunAsync(ShellText.Script(script, sudo), first, to, Timeout.InfiniteTimeSpan, cancellation);
        return new(exitCode, "", errors);
    }
}
