using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/videoio.cpp
internal static partial class Native
{
    [LibraryImport(Video)]
    public static partial nint VideoNew(out VideoHandle video);

    [LibraryImport(Video)]
    public static partial void VideoDelete(nint video);

    [LibraryImport(Video, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint VideoOpenFile(VideoHandle video, string file, int api, out int opened);

    [LibraryImport(Video)]
    public static partial nint VideoOpenIndex(VideoHandle video, int index, int api, out int opened);

    [LibraryImport(Video)]
    public static partial nint VideoIsOpened(VideoHandle video, out int opened);

    [LibraryImport(Video)]
    public static partial nint VideoRelease(VideoHandle video);

    [LibraryImport(Video)]
    public static partial nint VideoGrab(VideoHandle video, out int grabbed);

    [LibraryImport(Video)]
    public static partial nint VideoRetrieve(VideoHandle video, MatHandle image, int flag, out int retrieved);

    [LibraryImport(Video)]
    public static partial nint VideoSet(VideoHandle video, int property, double value, out int taken);

    [LibraryImport(Video)]
    public static partial nint VideoGet(VideoHandle video, int property, out double value);
}

/// <summary>Owns a native cv::VideoCapture.</summary>
internal sealed class VideoHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.VideoDelete(handle);
        return true;
    }
}
