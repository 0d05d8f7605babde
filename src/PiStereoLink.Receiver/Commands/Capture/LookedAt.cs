using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>A pair decoded to grey, and the board in each eye. It owns the pictures.</summary>
internal sealed record LookedAt(Mat LeftGrey, FoundBoard Left, Mat RightGrey, FoundBoard Right) : IDisposable
{
    /// <summary>Looks for the board in both eyes at once.</summary>
    /// <exception cref="InvalidDataException">A picture cannot be decoded.</exception>
    public static async Task<LookedAt> AtAsync(CapturedPictures pictures, ChessBoard board, bool quick)
    {
        var right = Task.Run(() => Look(pictures.Right!.Value, board, $"The right picture of {pictures.Name}", quick));
        var left = await Task.Run(() => Look(pictures.Left, board, $"The left picture of {pictures.Name}", quick));
        try
        {
            var (rightGrey, rightFound) = await right;
            return new LookedAt(left.Grey, left.Found, rightGrey, rightFound);
        }
        catch
        {
            left.Grey.Dispose();
            throw;
        }
    }

    /// <summary>Which eye does not show the board.</summary>
    public string WhyNot => (Left.Reason, Right.Reason) switch
    {
        ({ } one, { } other) when one == other => $"{one} in either eye",
        ({ } one, null) => $"left eye: {one}",
        (null, { } other) => $"right eye: {other}",
        var (one, other) => $"left eye: {one}; right eye: {other}",
    };

    public void Dispose()
    {
        LeftGrey.Dispose();
        RightGrey.Dispose();
    }

    private static (Mat Grey, FoundBoard Found) Look(ReadOnlyMemory<byte> bytes, ChessBoard board, string name, bool quick)
    {
        var grey = EncodedPicture.DecodeGrey(bytes.Span, name);
        try
        {
            return (grey, ChessBoardFinder.Find(grey, board, quick));
        }
        catch
        {
            grey.Dispose();
            throw;
        }
    }
}
