using OpenCvSharp;

namespace PiStereoLink.Vision;

/// <summary>Finds the disparities of a rectified pair. One per rig; not for several threads at once.</summary>
public interface IDisparityMatcher : IDisposable
{
    /// <summary>Matches a rectified pair.</summary>
    /// <param name="left">CV_8UC1.</param>
    /// <param name="right">CV_8UC1, of the same size.</param>
    /// <exception cref="ArgumentException">The pictures are too small for the parameters.</exception>
    /// <exception cref="InvalidDataException">The pictures are not grey or not of one size.</exception>
    DisparityMap Compute(Mat left, Mat right);
}
