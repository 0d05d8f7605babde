namespace PiStereoLink.Vision;

/// <summary>
/// Two cameras and how they stand, in OpenCV's convention: a point X1 in the left camera's frame is X2 = R * X1 + T in the
/// right one's; x right, y down, z forward; metres. A right camera that stands B metres to the right has T near (-B, 0, 0).
/// </summary>
/// <param name="K1">Left camera matrix, 3x3, pixels.</param>
/// <param name="D1">Left distortion coefficients k1 k2 p1 p2 [k3 [k4 k5 k6 [s1 s2 s3 s4 [tx ty]]]].</param>
/// <param name="K2">Right camera matrix, 3x3, pixels.</param>
/// <param name="D2">Right distortion coefficients.</param>
/// <param name="R">Rotation from left to right, 3x3.</param>
/// <param name="T">Translation from left to right, 3 values, metres.</param>
public sealed record StereoCameras(double[,] K1, double[] D1, double[,] K2, double[] D2, double[,] R, double[] T)
{
    /// <summary>Checks shapes and values.</summary>
    /// <exception cref="InvalidDataException">The first thing that cannot be a camera, in a sentence.</exception>
    internal void Validate()
    {
        CheckCamera(K1, nameof(K1));
        CheckCamera(K2, nameof(K2));
        CheckDistortion(D1, nameof(D1));
        CheckDistortion(D2, nameof(D2));
        Matrices.Check(R, 3, 3, nameof(R));
        if (T.Length != 3 || !T.All(double.IsFinite))
            throw new InvalidDataException($"T has {T.Length} values; 3 finite ones, in metres, were expected.");
        // R R^T = I; a matrix written in degrees, transposed twice or scaled would not pass.
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
            {
                var dot = R[i, 0] * R[j, 0] + R[i, 1] * R[j, 1] + R[i, 2] * R[j, 2];
                if (Math.Abs(dot - (i == j ? 1 : 0)) > 1e-3)
                    throw new InvalidDataException($"R is no rotation: its rows {i} and {j} have the product {dot:g4}.");
            }
    }

    private static void CheckCamera(double[,] k, string name)
    {
        Matrices.Check(k, 3, 3, name);
        if (k[0, 0] <= 0 || k[1, 1] <= 0)
            throw new InvalidDataException($"{name} has the focal lengths {k[0, 0]} and {k[1, 1]} px; both must be above 0.");
    }

    private static void CheckDistortion(double[] d, string name)
    {
        if (d.Length is not (4 or 5 or 8 or 12 or 14) || !d.All(double.IsFinite))
            throw new InvalidDataException($"{name} has {d.Length} values; 4, 5, 8, 12 or 14 finite distortion coefficients were expected.");
    }
}
