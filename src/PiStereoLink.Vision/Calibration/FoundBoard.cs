using System.Diagnostics.CodeAnalysis;
using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>What <see cref="ChessBoardFinder"/> saw in one picture: all inner corners of the board, or why not.</summary>
/// <param name="PictureSize">Width and height of the picture, px.</param>
/// <param name="Corners">
/// Columns * Rows corners row by row, px, pixel centres at whole numbers; seen from the front of the board, each row runs to the
/// right of the one before it going down. Null where the board was not found.
/// </param>
/// <param name="Reason">Why there are no corners, a sentence's end: "no 9x6 board was found". Null where there are.</param>
public sealed record FoundBoard(Size PictureSize, Point2f[]? Corners, string? Reason)
{
    /// <summary>Whether the corners are there.</summary>
    [MemberNotNullWhen(true, nameof(Corners))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsFound => Corners is not null;
}
