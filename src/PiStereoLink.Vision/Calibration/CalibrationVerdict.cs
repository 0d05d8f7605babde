using System.Globalization;

namespace PiStereoLink.Vision;

/// <summary>What a calibration is good for.</summary>
public enum CalibrationVerdict
{
    /// <summary>Rows match to a fraction of a pixel all over the picture.</summary>
    Good,

    /// <summary>It gives depth; the advice says what would make it better.</summary>
    Usable,

    /// <summary>Rows do not match, or too little was seen to tell.</summary>
    Redo,
}

/// <summary>A verdict, and what to do next: a sentence for each thing that could be better.</summary>
/// <remarks>
/// The limits in px are for pictures of 640 columns and grow with larger ones. They are a choice: a block matcher compares rows, so rows should
/// be closer than half a pixel, and OpenCV's sample rig (13 pairs of an ordinary camera) comes to an RMS of 0.20 px and rows of 0.14 px.
/// </remarks>
public sealed record CalibrationAdvice(CalibrationVerdict Verdict, IReadOnlyList<string> Next)
{
    private const int PairsForGood = 10;
    private const int PairsForUsable = 6;
    private static readonly (double Good, double Usable) Rms = (0.5, 1.0);
    private static readonly (double Good, double Usable) Rows = (0.3, 0.7);

    /// <summary>Judges a new calibration.</summary>
    public static CalibrationAdvice Of(CalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var scale = Scale(result.Calibration);
        var found = new Findings();
        found.Limit(result.RmsStereo / scale, Rms, $"The corners are {Px(result.RmsStereo)} off (stereo RMS): hold the board still, flat and sharp, in good light.");
        found.Limit(result.EpipolarErrorPx / scale, Rows, $"Rows are {Px(result.EpipolarErrorPx)} apart: take pictures of both eyes at the same moment, of a board at rest.");
        if (result.Used.Count < PairsForGood)
            found.Add(result.Used.Count < PairsForUsable ? CalibrationVerdict.Redo : CalibrationVerdict.Usable, $"{result.Used.Count} pairs were used: take 20 to 40.");
        if (result.Dropped.Count > result.Used.Count)
            found.Add(CalibrationVerdict.Redo, "More pairs had to be left out than could be used: see the reasons, and take new ones.");
        var coverage = result.Coverage;
        if (coverage.X < 0.5 || coverage.Y < 0.5 || coverage.Area < 0.5)
            found.Add(CalibrationVerdict.Usable, $"Corners were seen in {coverage.Area.ToString("P0", CultureInfo.InvariantCulture)} of the picture: hold the board into every corner of both pictures.");
        if (coverage.Skew < 0.5)
            found.Add(CalibrationVerdict.Usable, "The board was always held straight: tilt it by 20 to 45 degrees in all directions; flat views leave the focal length open.");
        if (coverage.Size < 0.5)
            found.Add(CalibrationVerdict.Usable, "The board was always far away: also hold it so near that it fills a third of the picture.");
        if (!result.HoldsToTheRim)
            found.Add(CalibrationVerdict.Usable, "The lens model makes no sense at the rim of the picture, where no corners were seen: hold the board there.");
        if (result.BaselineMetres is < 0.01 or > 1)
            found.Add(CalibrationVerdict.Usable, $"The cameras come out {result.BaselineMetres.ToString("0.0000", CultureInfo.InvariantCulture)} m apart: if that is not so, --square is not the side of this board's squares.");
        return found.Advice(result.Calibration);
    }

    /// <summary>Judges a calibration by new pictures.</summary>
    public static CalibrationAdvice Of(StereoCalibration calibration, CalibrationCheck check)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(check);
        var found = new Findings();
        found.Limit(check.EpipolarErrorPx / Scale(calibration), Rows,
            $"Rows are {Px(check.EpipolarErrorPx)} apart: a camera has moved or was focused anew since the calibration, or it is of another rig. Calibrate again.");
        if (check.SquareError is { } error && Math.Abs(error) > 0.02)
            found.Add(Math.Abs(error) > 0.05 ? CalibrationVerdict.Redo : CalibrationVerdict.Usable,
                $"The squares come out {Math.Abs(error).ToString("P1", CultureInfo.InvariantCulture)} too {(error > 0 ? "large" : "small")}, and so do all depths: check --square, or calibrate again.");
        return found.Advice(calibration);
    }

    private static double Scale(StereoCalibration calibration) => Math.Max(1, calibration.ImageWidth / 640.0);

    private static string Px(double px) => px.ToString("0.00 px", CultureInfo.InvariantCulture);

    private sealed class Findings
    {
        private readonly List<string> next = [];
        private CalibrationVerdict worst;

        public void Add(CalibrationVerdict verdict, string sentence)
        {
            worst = (CalibrationVerdict)Math.Max((int)worst, (int)verdict);
            next.Add(sentence);
        }

        public void Limit(double value, (double Good, double Usable) limits, string sentence)
        {
            if (!(value <= limits.Good))
                Add(value <= limits.Usable ? CalibrationVerdict.Usable : CalibrationVerdict.Redo, sentence);
        }

        public CalibrationAdvice Advice(StereoCalibration calibration) => new(
            worst, next.Count > 0 ? next : [$"Nothing: use it for pictures of {calibration.ImageWidth}x{calibration.ImageHeight}, and check it now and then with --verify."]);
    }
}
