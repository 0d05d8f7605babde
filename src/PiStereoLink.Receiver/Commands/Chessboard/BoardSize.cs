using System.Globalization;

namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary>The size of a board as people write it: inner corners across and down, <c>9x6</c>.</summary>
/// <param name="Columns">Inner corners in a row.</param>
/// <param name="Rows">Inner corners in a column.</param>
public readonly record struct BoardSize(int Columns, int Rows)
{
    private const int Least = 2, Most = 50;

    /// <summary>Turned by half it looks the same, so nobody can tell which of its corners is the first.</summary>
    public bool LooksTheSameUpsideDown => (Columns + Rows) % 2 == 0;

    /// <exception cref="FormatException">It is no size of a board; the sentence says what is.</exception>
    public static BoardSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('x') is [var columns, var rows] && TryCount(columns, out var across) && TryCount(rows, out var down)
            ? new BoardSize(across, down)
            : throw new FormatException($"--board '{text}' is no size of a board. Give its inner corners across and down, {Least} to {Most} each, such as 9x6 (a board of 10x7 squares).");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Columns}x{Rows}";

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= Least and <= Most;
}
