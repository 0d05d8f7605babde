using System.Collections.Concurrent;
using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>Looks for the board in every picture, several at a time.</summary>
internal sealed class BoardSearch(ChessBoard board, CornerCache cache, CalibrateProgress progress)
{
    // What people have lying about, for a hint when the board named is in no picture.
    private static readonly (int Columns, int Rows)[] UsualBoards =
        [(9, 6), (8, 6), (7, 6), (8, 5), (7, 5), (6, 5), (10, 7), (11, 8), (6, 4), (5, 4), (7, 7), (9, 7), (8, 7), (10, 6), (5, 3)];

    /// <summary>The pairs with a board in both eyes, the size of the pictures, and why the others have none.</summary>
    /// <exception cref="InvalidDataException">Pictures of several sizes, or no board anywhere.</exception>
    public async Task<(List<BoardPair> Found, Size Picture, List<DroppedPair> Dropped)> FindAsync(IReadOnlyList<PairFile> pairs, CancellationToken cancellationToken)
    {
        var seen = new ConcurrentDictionary<string, (FoundBoard? Board, string? Fault)>();
        string[] files = [.. pairs.SelectMany(pair => new[] { pair.Left, pair.Right })];
        progress.Begin("Looking for the board", files.Length);
        await Parallel.ForEachAsync(files, cancellationToken, (file, _) =>
        {
            seen[file] = Look(file);
            progress.Step();
            return ValueTask.CompletedTask;
        }).WaitAsync(cancellationToken);   // a picture on a slow disk is not waited for
        progress.End();

        var picture = OneSize(files, seen);
        var (found, dropped) = (new List<BoardPair>(), new List<DroppedPair>());
        foreach (var pair in pairs)
            if (seen[pair.Left].Board?.Corners is { } left && seen[pair.Right].Board?.Corners is { } right)
                found.Add(new BoardPair(pair.Name, left, right));
            else
                dropped.Add(new DroppedPair(pair.Name, Why(seen[pair.Left], seen[pair.Right])));
        if (found.Count == 0)
            throw new InvalidDataException(NoBoard(files, seen, dropped));
        return (found, picture, dropped);
    }

    private (FoundBoard? Board, string? Fault) Look(string file)
    {
        try
        {
            return (cache.Find(CalibrationPicture.Read(file), board, Path.GetFileName(file)), null);
        }
        catch (Exception e) when (e is UnreadablePictureException or InvalidDataException)
        {
            return (null, e.Message.TrimEnd('.'));
        }
    }

    private static Size OneSize(string[] files, ConcurrentDictionary<string, (FoundBoard? Board, string? Fault)> seen)
    {
        var sizes = files.Where(file => seen[file].Board is not null).GroupBy(file => seen[file].Board!.PictureSize).OrderByDescending(group => group.Count()).ToArray();
        if (sizes.Length > 1)
            throw new InvalidDataException(
                $"{Path.GetFileName(sizes[^1].First())} is {sizes[^1].Key.Width}x{sizes[^1].Key.Height}, but {Path.GetFileName(sizes[0].First())} is {sizes[0].Key.Width}x{sizes[0].Key.Height}: all pictures of a calibration must have one size, the one that the rig is used with. Take the others out, or take them anew.");
        return sizes.Length == 1
            ? sizes[0].Key
            : throw new InvalidDataException($"None of the {files.Length} pictures can be read; the first: {seen[files[0]].Fault}. Give JPEG, PNG or PNM files.");
    }

    private static string Why((FoundBoard? Board, string? Fault) left, (FoundBoard? Board, string? Fault) right) =>
        left.Fault ?? right.Fault ?? (left.Board!.IsFound, right.Board!.IsFound) switch
        {
            (false, false) => $"{left.Board.Reason} in either picture",
            (false, _) => $"{left.Board.Reason} in the left picture",
            _ => $"{right.Board.Reason} in the right picture",
        };

    private string NoBoard(string[] files, ConcurrentDictionary<string, (FoundBoard? Board, string? Fault)> seen, List<DroppedPair> dropped)
    {
        var eyes = new[] { (Eye: "left", At: 0), (Eye: "right", At: 1) };
        var counts = eyes.Select(eye => files.Where((_, i) => i % 2 == eye.At).Count(file => seen[file].Board?.IsFound == true)).ToArray();
        var hint = counts.Max() == 0 && Guess(files.First(file => seen[file].Board is not null)) is { } other
            ? $"The pictures seem to show a board of {other.Columns}x{other.Rows} inner corners: give --board {other.Columns}x{other.Rows}."
            : "Give the board's inner corners with --board (one less than its squares, each way), and keep a white rim around it.";
        return $"No pair shows the {board.Columns}x{board.Rows} board to both eyes: {counts[0]} left and {counts[1]} right of {dropped.Count} pictures show it. {hint}";
    }

    private (int Columns, int Rows)? Guess(string file)
    {
        var bytes = File.ReadAllBytes(file);
        foreach (var (columns, rows) in UsualBoards)
            if ((columns, rows) != (board.Columns, board.Rows) && ChessBoardFinder.Find(bytes, new ChessBoard(columns, rows, board.SquareMetres), file, quick: true).IsFound)
                return (columns, rows);
        return null;
    }
}
