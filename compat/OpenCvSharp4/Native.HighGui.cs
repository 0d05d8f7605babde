using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/highgui.cpp
internal static partial class Native
{
    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NamedWindow(string name, int flags);

    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ResizeWindow(string name, int width, int height);

    [LibraryImport(Windows)]
    public static partial nint DestroyAllWindows();

    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ImShow(string name, MatHandle image);

    [LibraryImport(Windows)]
    public static partial nint WaitKey(int delay, out int key);

    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetWindowProperty(string name, int property, out double value);

    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateTrackbar(string trackbar, string window, int value, int count, out int created);

    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetTrackbarPos(string trackbar, string window, out int position);

    [LibraryImport(Windows, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SetTrackbarPos(string trackbar, string window, int position);
}
