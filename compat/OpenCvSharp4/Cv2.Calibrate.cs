using System.Runtime.InteropServices;

namespace OpenCvSharp;

// From pictures of a chessboard to cameras.
public static partial class Cv2
{
    /// <summary>Looks for the inner corners of a chessboard, row by row; where not all are found, those that were.</summary>
    public static bool FindChessboardCorners(InputArray image, Size patternSize, out Point2f[] corners, ChessboardFlags flags = ChessboardFlags.AdaptiveThresh | ChessboardFlags.NormalizeImage)
    {
        var room = new Point2f[Math.Max(0, patternSize.Width) * Math.Max(0, patternSize.Height)];
        Native.Check(Native.FindChessboardCorners(Argument.Of(image), patternSize.Width, patternSize.Height, (int)flags, room, out var count, out var found));
        corners = room[..count];
        return found != 0;
    }

    /// <summary>Moves corners to where the edges around them meet. The window has twice <paramref name="winSize"/> plus one pixels on a side.</summary>
    public static Point2f[] CornerSubPix(InputArray image, IEnumerable<Point2f> inputCorners, Size winSize, Size zeroZone, TermCriteria criteria)
    {
        ArgumentNullException.ThrowIfNull(inputCorners);
        var corners = inputCorners.ToArray();
        Native.Check(Native.CornerSubPix(
            Argument.Of(image), corners, corners.Length, winSize.Width, winSize.Height, zeroZone.Width, zeroZone.Height, (int)criteria.Type, criteria.MaxCount, criteria.Epsilon));
        return corners;
    }

    /// <summary>One camera from several views of known points. Matrix and coefficients are changed in place; 5 of them, or 14 with the rational model.</summary>
    /// <returns>The RMS of the reprojection error, px.</returns>
    public static double CalibrateCamera(
        IEnumerable<IEnumerable<Point3f>> objectPoints, IEnumerable<IEnumerable<Point2f>> imagePoints, Size imageSize, double[,] cameraMatrix, double[] distCoeffs,
        out Vec3d[] rvecs, out Vec3d[] tvecs, CalibrationFlags flags = CalibrationFlags.None, TermCriteria? criteria = null)
    {
        var (points, counts) = Flat(objectPoints);
        var seen = FlatLike(imagePoints, counts, nameof(imagePoints));
        (rvecs, tvecs) = (new Vec3d[counts.Length], new Vec3d[counts.Length]);
        var until = criteria ?? TermCriteria.Both(30, double.Epsilon);
        Native.Check(Native.CalibrateCamera(
            points, seen, counts, counts.Length, imageSize.Width, imageSize.Height, Cells(cameraMatrix), distCoeffs, distCoeffs.Length, rvecs, tvecs,
            (int)flags, (int)until.Type, until.MaxCount, until.Epsilon, out var rms));
        return rms;
    }

    /// <summary>How two cameras stand to each other, from views of known points that both saw: X2 = R * X1 + T.</summary>
    /// <returns>The RMS of the reprojection error, px.</returns>
    public static double StereoCalibrate(
        IEnumerable<IEnumerable<Point3f>> objectPoints, IEnumerable<IEnumerable<Point2f>> imagePoints1, IEnumerable<IEnumerable<Point2f>> imagePoints2,
        double[,] cameraMatrix1, double[] distCoeffs1, double[,] cameraMatrix2, double[] distCoeffs2, Size imageSize, OutputArray R, OutputArray T, OutputArray E, OutputArray F,
        CalibrationFlags flags = CalibrationFlags.FixIntrinsic, TermCriteria? criteria = null)
    {
        var (points, counts) = Flat(objectPoints);
        var (seen1, seen2) = (FlatLike(imagePoints1, counts, nameof(imagePoints1)), FlatLike(imagePoints2, counts, nameof(imagePoints2)));
        var until = criteria ?? TermCriteria.Both(30, 1e-6);
        Native.Check(Native.StereoCalibrate(
            points, seen1, seen2, counts, counts.Length, imageSize.Width, imageSize.Height,
            Cells(cameraMatrix1), distCoeffs1, distCoeffs1.Length, Cells(cameraMatrix2), distCoeffs2, distCoeffs2.Length,
            Argument.Of(R), Argument.Of(T), Argument.Of(E), Argument.Of(F), (int)flags, (int)until.Type, until.MaxCount, until.Epsilon, out var rms));
        return rms;
    }

    private static (T[] Points, int[] Counts) Flat<T>(IEnumerable<IEnumerable<T>> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        var all = views.Select(view => view.ToArray()).ToArray();
        return ([.. all.SelectMany(view => view)], [.. all.Select(view => view.Length)]);
    }

    // The shim reads as many points as the objects have.
    private static Point2f[] FlatLike(IEnumerable<IEnumerable<Point2f>> views, int[] counts, string name)
    {
        var (points, own) = Flat(views);
        return own.SequenceEqual(counts)
            ? points
            : throw new ArgumentException($"The views have {string.Join(", ", own)} points, the objects {string.Join(", ", counts)}.", name);
    }

    private static Span<double> Cells(double[,] matrix) => matrix.Length == 9
        ? MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length)
        : throw new ArgumentException($"A camera matrix is 3x3, not {matrix.GetLength(0)}x{matrix.GetLength(1)}.", nameof(matrix));
}
