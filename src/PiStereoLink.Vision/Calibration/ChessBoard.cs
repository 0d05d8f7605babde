namespace PiStereoLink.Vision;

/// <summary>The board that a rig was calibrated with.</summary>
/// <param name="Columns">Inner corners in a row.</param>
/// <param name="Rows">Inner corners in a column.</param>
/// <param name="SquareMetres">The side of a square.</param>
public readonly record struct ChessBoard(int Columns, int Rows, double SquareMetres);
