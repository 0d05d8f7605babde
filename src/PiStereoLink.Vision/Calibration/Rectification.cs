namespace PiStereoLink.Vision;

/// <summary>
/// The rectified rig as cv::stereoRectify gives it: both pictures seen by parallel cameras that share rows.
/// </summary>
/// <param name="R1">Rotation of the left camera's frame into the rectified one, 3x3.</param>
/// <param name="R2">Rotation of the right camera's frame into the rectified one, 3x3.</param>
/// <param name="P1">Projection of the rectified left camera, 3x4, pixels.</param>
/// <param name="P2">Projection of the rectified right camera, 3x4; P2[0,3] = -focal length * baseline.</param>
/// <param name="Q">Disparity to depth, 4x4: [X Y Z W] = Q [u v d 1].</param>
public sealed record Rectification(double[,] R1, double[,] R2, double[,] P1, double[,] P2, double[,] Q)
{
    /// <summary>f, in px.</summary>
    public double FocalLengthPx => P1[0, 0];

    /// <summary>B, in metres: how far the right camera stands to the right of the left one.</summary>
    public double BaselineMetres => -P2[0, 3] / P2[0, 0];

    /// <summary>Column of the left principal point, px.</summary>
    public double CentreX => P1[0, 2];

    /// <summary>Row of the principal points, px.</summary>
    public double CentreY => P1[1, 2];

    /// <summary>cx - cx' in px: the disparity of a point at infinity. 0 where the rig was rectified with zero disparity, as ours are.</summary>
    public double InfinityDisparityPx => P1[0, 2] - P2[0, 2];

    /// <summary>Checks shapes, values and the order of the cameras.</summary>
    /// <exception cref="InvalidDataException">The first thing that cannot be, in a sentence.</exception>
    internal void Validate()
    {
        Matrices.Check(R1, 3, 3, nameof(R1));
        Matrices.Check(R2, 3, 3, nameof(R2));
        Matrices.Check(P1, 3, 4, nameof(P1));
        Matrices.Check(P2, 3, 4, nameof(P2));
        Matrices.Check(Q, 4, 4, nameof(Q));
        if (P1[0, 0] <= 0 || P2[0, 0] <= 0)
            throw new InvalidDataException($"The rectified focal lengths are {P1[0, 0]} and {P2[0, 0]} px; both must be above 0.");
        if (Math.Abs(P2[1, 3]) > Math.Abs(P2[0, 3]))
            throw new InvalidDataException("The cameras stand one above the other; disparity is looked for along rows, so they must stand side by side.");
        if (BaselineMetres <= 0)
            throw new InvalidDataException(
                $"The calibration puts the right camera {-BaselineMetres:0.####} m to the left of the left one (T is X2 = R*X1 + T); left and right are swapped.");
    }
}
