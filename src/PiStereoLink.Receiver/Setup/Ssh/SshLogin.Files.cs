namespace PiStereoLink.Receiver.Setup.Ssh;

// Files to and from the other machine, through the same login.
public sealed partial class SshLogin
{
    /// <summary>For one file.</summary>
    private static readonly TimeSpan CopyLimit = TimeSpan.FromMinutes(15);

    /// <summary>Writes a file over there: whole under its name, or not at all. Its folder is made if it is not there.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="path">A path over there; not expanded.</param>
    /// <param name="mode">Its rights, as chmod takes them.</param>
    /// <param name="asRoot">Through sudo.</param>
    /// <param name="cancellation">Gives up; what has come is deleted over there.</param>
    public async Task CopyAsync(Stream content, string path, string mode = "644", bool asRoot = false, CancellationToken cancellation = default)
    {
        // $1 and $2, so that no name is read as a part of the script. A connection that ends early leaves no half file.
        const string Write = """
            set -e
            mkdir -p -- "$(dirname -- "$1")"
            trap 'rm -f -- "$1.part"' EXIT
            cat >"$1.part"
            [ "$(wc -c <"$1.part")" -eq "$3" ] || { echo "only a part of the file came" >&2; exit 1; }
            chmod "$2" "$1.part"
            mv -f -- "$1.part" "$1"
            """;
        using var whole = content.CanSeek ? null : await BufferedAsync(content, cancellation);
        var source = whole ?? content;
        var script = Called(Write, path, mode, $"{source.Length - source.Position}");
        var answer = asRoot ? await RunAsRootAsync(script, source, CopyLimit, cancellation) : await RunAsync(script, source, CopyLimit, cancellation);
        answer.Expect($"Writing {path}", Target);
    }

    /// <summary>Fetches a file from there.</summary>
    public async Task FetchAsync(string path, Stream to, CancellationToken cancellation = default)
    {
        var (exitCode, errors) = await RunAsync(ShellText.Script(Called("cat -- \"$1\"", path)), null, to, CopyLimit, cancellation);
        new SshAnswer(exitCode, "", errors).Expect($"Reading {path}", Target);
    }

    /// <summary>A script that finds the words as <c>$1</c>, <c>$2</c> ...</summary>
    public static string Called(string script, params string[] words) => $"set -- {string.Join(' ', words.Select(ShellText.Quote))}\n{script}";

    // The length goes first, and a pipe does not know its own.
    private static async Task<FileStream> BufferedAsync(Stream content, CancellationToken cancellation)
    {
        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await content.CopyToAsync(file, cancellation);
        file.Position = 0;
        return file;
    }
}
