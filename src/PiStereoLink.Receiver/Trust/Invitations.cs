using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Store;

namespace PiStereoLink.Receiver.Trust;

/// <summary>
/// The tokens that were given out: a file for each, named by the SHA-256 of its secret, which itself is never written down. It says until when
/// the token is good. Using it up is renaming the file, which only one can do.
/// </summary>
public sealed class Invitations(string stateFolder, TimeProvider time)
{
    /// <summary>From one machine to the next, with a walk to the Pi between them.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Used and old ones are kept so long, so that who comes late is told what the matter is.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private const string Used = ".used";

    private readonly string folder = Path.Combine(stateFolder, "invitations");

    /// <summary>How many can be used now.</summary>
    public int Open => !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder).Count(file => !file.Contains('.', StringComparison.Ordinal) && IsGood(file));

    /// <summary>Makes the next token good; on disk when this returns.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Add(string secret)
    {
        PrivateFolder.Create(folder);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Until(file) + Remembered < time.GetUtcNow()))
            File.Delete(file);
        PrivateFile.Write(FileOf(secret), (time.GetUtcNow() + Lifetime).ToString("o", CultureInfo.InvariantCulture) + "\n");
        DurableFolder.Sync(folder);
    }

    /// <summary>Why this token is not good: one of <see cref="JoinRefusal"/>; null when it is. Changes nothing.</summary>
    public string? Refusal(string secret)
    {
        var file = FileOf(secret);
        return File.Exists(file + Used) ? JoinRefusal.UsedToken
            : !File.Exists(file) ? JoinRefusal.UnknownToken
            : IsGood(file) ? null : JoinRefusal.OldToken;
    }

    /// <summary>Uses a token up; of all who try at once, one gets null, and the others <see cref="JoinRefusal.UsedToken"/>.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public string? UseUp(string secret)
    {
        if (Refusal(secret) is { } refusal)
            return refusal;
        try
        {
            File.Move(FileOf(secret), FileOf(secret) + Used, overwrite: false);
        }
        catch (IOException) when (File.Exists(FileOf(secret) + Used))
        {
            return JoinRefusal.UsedToken;
        }
        DurableFolder.Sync(folder);
        return null;
    }

    private bool IsGood(string file) => time.GetUtcNow() is var now && Until(file) is var until && now <= until && until - now <= Lifetime;

    /// <summary>A file that says nothing has been good for long enough.</summary>
    private static DateTimeOffset Until(string file) =>
        DateTimeOffset.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) ? until : DateTimeOffset.UnixEpoch;

    private string FileOf(string secret) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));
}
