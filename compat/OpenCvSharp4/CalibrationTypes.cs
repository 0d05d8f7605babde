using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>How a chessboard is looked for.</summary>
[Flags]
public enum ChessboardFlags
{
    None = 0,
    AdaptiveThresh = 1,
    NormalizeImage = 2,
    FilterQuads = 4,
    FastCheck = 8,
    Exhaustive = 16,
    Accuracy = 32,
}

/// <summary>What of a camera is held fixed, and which lens model it has.</summary>
[Flags]
public enum CalibrationFlags
{
    None = 0,
    UseIntrinsicGuess = 1,
    FixAspectRatio = 2,
    FixPrincipalPoint = 4,
    ZeroTangentDist = 8,
    FixFocalLength = 16,
    FixK1 = 32,
    FixK2 = 64,
    FixK3 = 128,
    FixIntrinsic = 256,
    SameFocalLength = 512,
    ZeroDisparity = 1024,
    FixK4 = 2048,
    FixK5 = 4096,
    FixK6 = 8192,
    RationalModel = 16384,
    ThinPrismModel = 32768,
    FixS1S2S3S4 = 32768,
}

/// <summary>What ends an iteration.</summary>
[Flags]
public enum CriteriaTypes
{
    Count = 1,
    MaxIter = 1,
    Eps = 2,
}

/// <summary>When an iteration has come far enough.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct TermCriteria(CriteriaTypes Type, int MaxCount, double Epsilon)
{
    /// <summary>Which of the two counts.</summary>
    public CriteriaTypes Type = Type;

    /// <summary>The most steps.</summary>
    public int MaxCount = MaxCount;

    /// <summary>The smallest step that is worth another.</summary>
    public double Epsilon = Epsilon;

    /// <summary>Whichever comes first.</summary>
    public static TermCriteria Both(int maxCount, double epsilon) => new(CriteriaTypes.Count | CriteriaTypes.Eps, maxCount, epsilon);
}

/// <summary>Three doubles: a rotation vector, or a place.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Vec3d
{
    /// <summary>The first.</summary>
    public double Item0;

    /// <summary>The second.</summary>
    public double Item1;

    /// <summary>The third.</summary>
    public double Item2;

    /// <summary>Three doubles.</summary>
    public Vec3d(double item0, double item1, double item2) => (Item0, Item1, Item2) = (item0, item1, item2);
}
