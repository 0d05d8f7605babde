using OpenCvSharp;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>A calibration file held against new pictures.</summary>
internal sealed class Verification(StereoCalibration calibration, ChessBoard board)
{
    /// <summary>Rectifies each pair, looks for the board and compares rows.</summary>
    public async Task<VerifyFigures> RunAsync(PairFiles files, CalibrateProgress progress, CancellationToken cancellationToken)
    {
        using var rectifier = new Rectifier(calibration);
        var seen = new (BoardPair? Pair, string? Fault)[files.Pairs.Count];
        progress.Begin("Checking", seen.Length);
        await Parallel.ForAsync(0, seen.Length, cancellationToken, (i, _) =>
        {
            seen[i] = Look(files.Pairs[i], rectifier);
            progress.Step();
            return ValueTask.CompletedTask;
        });
        progress.End();

        DroppedPair[] dropped = [.. files.Alone, .. seen.Select((one, i) => one.Fault is { } fault ? new DroppedPair(files.Pairs[i].Name, fault) : null).OfType<DroppedPair>()];
        BoardPair[] found = [.. seen.Select(one => one.Pair).OfType<BoardPair>()];
        if (found.Length == 0 && dropped.Length > 0)
            throw new InvalidDataException($"No pair can be used; the first, {dropped[0].Pair}: {dropped[0].Reason}. Take pictures that show the whole board to both eyes.");
        var check = CalibrationCheck.Of(calibration, board, found);
        var advice = CalibrationAdvice.Of(calibration, check);
        return new VerifyFigures(
            files.Pairs.Count + files.Alone.Count, check.Pairs, check.EpipolarErrorPx, check.RowOffsetPx, check.SquareError * 100, $"{advice.Verdict}".ToLowerInvariant(), advice.Next, dropped);
    }

    private (BoardPair? Pair, string? Fault) Look(PairFile files, Rectifier rectifier)
    {
        try
        {
            using var left = Decode(files.Left);
            using var right = Decode(files.Right);
            Require(left, files.Left);
            Require(right, files.Right);
            using Mat rectifiedLeft = new(), rectifiedRight = new();
            rectifier.Rectify(left, right, rectifiedLeft, rectifiedRight);
            var (inLeft, inRight) = (ChessBoardFinder.Find(rectifiedLeft, board), ChessBoardFinder.Find(rectifiedRight, board));
            if (!inLeft.IsFound)
                return (null, $"{inLeft.Reason} in the rectified left picture");
            if (!inRight.IsFound)
                return (null, $"{inRight.Reason} in the rectified right picture");
            return BoardGrid.IsTurned(inLeft.Corners, inRight.Corners, board) && BoardGrid.ColoursTellOrientation(board)
                ? (null, "one of its pictures is turned by 180 degrees")
                : (new BoardPair(files.Name, inLeft.Corners, inRight.Corners), null);
        }
        catch (UnreadablePictureException e)
        {
            return (null, e.Message.TrimEnd('.'));
        }
    }

    // A picture of another size is no matter of one pair: the calibration is for other pictures, and that ends it.
    private void Require(Mat picture, string file)
    {
        if (picture.Cols != calibration.ImageWidth || picture.Rows != calibration.ImageHeight)
            throw new InvalidDataException(
                $"{Path.GetFileName(file)} is {picture.Cols}x{picture.Rows}, but the calibration is for {calibration.ImageWidth}x{calibration.ImageHeight}: take pictures of that size, or calibrate with these.");
    }

    private static Mat Decode(string file)
    {
        try
        {
            return EncodedPicture.DecodeGrey(CalibrationPicture.Read(file), Path.GetFileName(file));
        }
        catch (InvalidDataException e)
        {
            throw new UnreadablePictureException(e.Message, e);
        }
    }
}
