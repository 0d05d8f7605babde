using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/ximgproc.cpp
internal static partial class Native
{
    private const string Filters = "pistereolink-filters";

    [LibraryImport(Filters)]
    public static partial nint GuidedFilter(MatHandle guide, MatHandle from, MatHandle to, int radius, double epsilon, int depth);

    [LibraryImport(Filters)]
    public static partial nint FastGlobalSmootherFilter(MatHandle guide, MatHandle from, MatHandle to, double lambda, double sigmaColor, double attenuation, int iterations);
}
