using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>How much of what there is to see the views have shown: each 1 when it is enough, by the ranges of ROS's camera_calibration.</summary>
/// <param name="X">Boards far apart from side to side.</param>
/// <param name="Y">Boards far apart from top to bottom.</param>
/// <param name="Size">Boards from close by.</param>
/// <param name="Skew">Tilted boards.</param>
/// <param name="Area">The share of the picture, in 8x6 fields, in which a corner was seen.</param>
public sealed record BoardCoverage(double X, double Y, double Size, double Skew, double Area)
{
    private const int FieldsAcross = 8;
    private const int FieldsDown = 6;

    /// <summary>The coverage of some views of one eye.</summary>
    public static BoardCoverage Of(IReadOnlyCollection<Point2f[]> views, ChessBoard board, Size picture)
    {
        var scores = views.Select(view => BoardView.Of(view, board, picture)).ToArray();
        var fields = views.SelectMany(view => view).Select(corner => ((int)(corner.X * FieldsAcross / picture.Width), (int)(corner.Y * FieldsDown / picture.Height)));
        return new BoardCoverage(
            Share(scores.Max(view => view.X) - scores.Min(view => view.X), 0.7),
            Share(scores.Max(view => view.Y) - scores.Min(view => view.Y), 0.7),
            Share(scores.Max(view => view.Size), 0.4),
            Share(scores.Max(view => view.Skew), 0.5),
            fields.Distinct().Count() / (double)(FieldsAcross * FieldsDown));
    }

    private static double Share(double seen, double enough) => Math.Min(1, seen / enough);
}
