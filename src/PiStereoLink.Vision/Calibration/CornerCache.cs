using System.Security.Cryptography;
using System.Text;
using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>
/// Corners that were found before, in a folder: one small file for each picture's content, board and way of finding. Several
/// programs may use one folder; without a folder, or with one that cannot be written, corners are found anew each time.
/// </summary>
public sealed class CornerCache(string? folder)
{
    private const uint Mark = 0x31434C50;   // "PLC1"

    /// <summary>Where a user's caches lie: XDG_CACHE_HOME, or .cache at home; null where there is neither.</summary>
    public static string? DefaultFolder
    {
        get
        {
            var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (!Path.IsPathRooted(caches))
                caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : "";
            return caches is { Length: > 0 } ? Path.Combine(caches, "pistereolink", "corners") : null;
        }
    }

    /// <summary>The board in an encoded picture, from the folder or from the picture.</summary>
    /// <exception cref="InvalidDataException">The picture cannot be decoded.</exception>
    public FoundBoard Find(ReadOnlySpan<byte> encoded, ChessBoard board, string name)
    {
        if (folder is null)
            return ChessBoardFinder.Find(encoded, board, name);
        var path = PathOf(encoded, board);
        if (Read(path, board) is { } kept)
            return kept;
        var found = ChessBoardFinder.Find(encoded, board, name);
        Keep(path, found);
        return found;
    }

    private string PathOf(ReadOnlySpan<byte> encoded, ChessBoard board)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{ChessBoardFinder.Version} {board.Columns}x{board.Rows} {Cv2.GetVersionString()}\n"));
        hash.AppendData(encoded);
        return Path.Combine(folder!, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FoundBoard? Read(string path, ChessBoard board)
    {
        try
        {
            using var file = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)));
            if (file.ReadUInt32() != Mark)
                return null;
            var size = new Size(file.ReadInt32(), file.ReadInt32());
            var count = file.ReadInt32();
            if (count == 0)
                return new FoundBoard(size, null, file.ReadString());
            if (count != board.Columns * board.Rows)
                return null;
            var corners = new Point2f[count];
            for (var i = 0; i < count; i++)
                corners[i] = new Point2f(file.ReadSingle(), file.ReadSingle());
            return new FoundBoard(size, corners, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;   // not there, or not ours: the picture is looked at
        }
    }

    private void Keep(string path, FoundBoard found)
    {
        var part = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.part";
        try
        {
            Directory.CreateDirectory(folder!);
            using (var file = new BinaryWriter(File.Create(part)))
            {
                file.Write(Mark);
                file.Write(found.PictureSize.Width);
                file.Write(found.PictureSize.Height);
                file.Write(found.Corners?.Length ?? 0);
                if (found.Reason is not null)
                    file.Write(found.Reason);
                foreach (var corner in found.Corners ?? [])
                {
                    file.Write(corner.X);
                    file.Write(corner.Y);
                }
            }
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache is no promise.
        }
    }
}
