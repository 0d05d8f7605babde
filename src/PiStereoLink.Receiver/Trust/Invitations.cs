using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PiStereoLink.Protocol;

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
    public int Open => !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder).Count(file => !file.Contains('.', StringComparison.Ordinal) && IsGood(Until(file)));

    /// <summary>Makes the next token good; on disk when this returns.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Add(string secret)
    {
        PrivateFolder.Create(folder);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Until(file) + Remembered < time.GetUtcNow()))
            File.Delete(file);
        PrivateFile.Write(FileOf(secret), (time.GetUtcNow() + Lifetime).ToString("o", CultureInfo.InvariantCulture) + "\n");
    }

    /// <summary>Why this token is not good: one of <see cref="JoinRefusal"/>; null when it is. Changes nothing.</summary>
    public string? Refusal(string secret)
    {
        // In this order: one that is being used up is not there any more, and so used.
        var until = Until(FileOf(secret));
        return File.Exists(FileOf(secret) + Used) ? JoinRefusal.UsedToken
            : until is null ? JoinRefusal.UnknownToken
            : IsGood(until) ? null : JoinRefusal.OldToken;
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

    /// <summary>A clock that was set back since makes nothing good for longer.</summary>
    private bool IsGood(DateTimeOffset? until) => until - time.GetUtcNow() is { } left && left >= TimeSpan.Zero && left <= Lifetime;

    /// <summary>What the file says; one that says nothing has been good for long enough. Null when it is not there, or not any more.</summary>
    private static DateTimeOffset? Until(string file)
    {
        try
        {
            return DateTimeOffset.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) ? until : DateTimeOffset.UnixEpoch;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FileOf(string secret) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));
}
