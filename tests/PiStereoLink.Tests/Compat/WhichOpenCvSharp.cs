using OpenCvSharp;

namespace PiStereoLink.Tests.Compat;

/// <summary>These tests run over compat/ and over the package; some promises are only ours.</summary>
internal static class WhichOpenCvSharp
{
    public static readonly bool IsOurs = typeof(Cv2).Assembly.GetType("OpenCvSharp.Internal.NativeMethods") is null;

    public static void SkipUnlessOurs(string reason) => Assert.SkipUnless(IsOurs, $"Runs over compat/OpenCvSharp4 only. {reason}");
}
