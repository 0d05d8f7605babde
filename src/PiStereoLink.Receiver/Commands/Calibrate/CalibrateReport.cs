using System.Globalization;
using System.Text;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>The figures in words.</summary>
internal static class CalibrateReport
{
    public static string Of(CalibrateFigures figures)
    {
        var text = new StringBuilder();
        Line(text, $"Pairs: {figures.PairsGiven} given, {figures.PairsFound} with the board in both eyes, {figures.PairsUsed} used.");
        Left(text, figures.Dropped);
        Line(text, $"Corners fit to {figures.RmsLeft:0.000} px (left), {figures.RmsRight:0.000} px (right), {figures.RmsStereo:0.000} px (both together); rows to {figures.EpipolarErrorPx:0.000} px.");
        Line(text, $"The cameras are {figures.BaselineMetres * 1000:0.0} mm apart; focal lengths {figures.FocalLengthLeftPx:0.0} and {figures.FocalLengthRightPx:0.0} px, rectified {figures.FocalLengthPx:0.0} px; lens model: {figures.Lens}.");
        var coverage = figures.Coverage;
        Line(text, $"Seen of what is enough: across {coverage.X:P0}, down {coverage.Y:P0}, near {coverage.Size:P0}, tilted {coverage.Skew:P0}; corners in {coverage.Area:P0} of the picture.");
        Verdict(text, figures.Verdict, figures.Next);
        Line(text, $"Written: {figures.Out}; where corners were seen: {figures.CoveragePicture}");
        return text.ToString().TrimEnd();
    }

    public static string Of(VerifyFigures figures)
    {
        var text = new StringBuilder();
        Line(text, $"Pairs: {figures.PairsGiven} given, {figures.PairsUsed} with the board in both rectified eyes.");
        Left(text, figures.Dropped);
        Line(text, $"Rows fit to {figures.EpipolarErrorPx:0.000} px; the right eye's lie {Signed(figures.RowOffsetPx)} px lower on the average.");
        if (figures.SquareErrorPercent is { } error)
            Line(text, $"The squares come out {Signed(error)} % too large.");
        Verdict(text, figures.Verdict, figures.Next);
        return text.ToString().TrimEnd();
    }

    private static void Left(StringBuilder text, IReadOnlyList<DroppedPair> dropped)
    {
        foreach (var pair in dropped)
            Line(text, $"  left out: {pair.Pair}: {pair.Reason}.");
    }

    private static void Verdict(StringBuilder text, string verdict, IReadOnlyList<string> next)
    {
        Line(text, $"Verdict: {verdict}.");
        foreach (var sentence in next)
            Line(text, $"  next: {sentence}");
    }

    // Rounded first: a format alone makes "-+0.00" of a small negative number.
    private static string Signed(double value) => Math.Round(value, 2).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
