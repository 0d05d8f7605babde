using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>One board seen by both eyes at one moment.</summary>
/// <param name="Name">What reports call the pair.</param>
/// <param name="Left">The left eye's corners, in the order of <see cref="FoundBoard.Corners"/>, px.</param>
/// <param name="Right">The right eye's, in the same order.</param>
public sealed record BoardPair(string Name, Point2f[] Left, Point2f[] Right);

/// <summary>A pair that was not used, and the end of a sentence that says why.</summary>
public sealed record DroppedPair(string Pair, string Reason);
