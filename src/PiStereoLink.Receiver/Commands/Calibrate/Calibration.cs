using OpenCvSharp;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>Which of many pairs are taken.</summary>
internal enum Sampling
{
    /// <summary>Those that differ most.</summary>
    Spread,

    /// <summary>By lot.</summary>
    Random,
}

/// <summary>From files to a calibration file.</summary>
internal sealed record Calibration(ChessBoard Board, string Out, string CoverageFile, double Alpha, Sampling Sampling, int Pairs)
{
    /// <summary>Finds, samples, solves, writes; nothing is written before everything is known.</summary>
    public async Task<CalibrateFigures> RunAsync(PairFiles files, CalibrateProgress progress, CancellationToken cancellationToken)
    {
        var search = new BoardSearch(Board, new CornerCache(CornerCache.DefaultFolder), progress);
        var (found, picture, dropped) = await search.FindAsync(files.Pairs, cancellationToken);
        var sample = Sampling == Sampling.Random ? PairSample.Random(found, Pairs) : PairSample.Spread(found, Pairs, Board, picture);
        progress.Say($"Solving {sample.Count} pairs");
        // The solver cannot be interrupted: when it is not waited for, it ends with the program.
        var result = await Task.Run(() => StereoCalibrator.Solve(sample, Board, picture, Alpha, cancellationToken), CancellationToken.None).WaitAsync(cancellationToken);
        progress.End();
        cancellationToken.ThrowIfCancellationRequested();

        result.Calibration.Save(Out);
        DurableFile.Write(CoverageFile, CoveragePicture.Draw(result.Used, Board, picture));
        return Figures(result, files, found.Count, [.. files.Alone, .. dropped, .. result.Dropped]);
    }

    private CalibrateFigures Figures(CalibrationResult result, PairFiles files, int found, DroppedPair[] dropped)
    {
        var advice = CalibrationAdvice.Of(result);
        var calibration = result.Calibration;
        return new CalibrateFigures(
            files.Pairs.Count + files.Alone.Count, found, result.Used.Count, result.RmsLeft, result.RmsRight, result.RmsStereo, result.EpipolarErrorPx, result.BaselineMetres,
            calibration.FocalLengthPx!.Value, calibration.Cameras!.K1[0, 0], calibration.Cameras.K2[0, 0], result.Lens == LensModel.Rational ? "rational, 8 coefficients" : "polynomial, 5 coefficients",
            calibration.ImageWidth, calibration.ImageHeight, $"{advice.Verdict}".ToLowerInvariant(), advice.Next, result.Coverage, dropped, Out, CoverageFile);
    }
}
