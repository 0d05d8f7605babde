using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>What a trackbar calls when it is moved.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
public delegate void TrackbarCallbackNative(int pos, IntPtr userData);

/// <summary>How a window behaves.</summary>
[Flags]
public enum WindowFlags
{
    Normal = 0,
    AutoSize = 1,
    OpenGL = 4096,
    FullScreen = 1,
    FreeRatio = 256,
    KeepRatio = 0,
    GuiNormal = 16,
    GuiExpanded = 0,
}

/// <summary>What can be asked of a window.</summary>
public enum WindowPropertyFlags
{
    Fullscreen = 0,
    AutoSize = 1,
    AspectRatio = 2,
    OpenGL = 3,
    Visible = 4,
    TopMost = 5,
    VSync = 6,
}

// Windows. All calls come from one thread. Without a display OpenCV ends the process here, which nobody could catch: these throw instead.
public static partial class Cv2
{
    /// <summary>Opens a window.</summary>
    /// <exception cref="OpenCVException">There is no display.</exception>
    public static void NamedWindow(string winName, WindowFlags flags = WindowFlags.Normal)
    {
        ArgumentException.ThrowIfNullOrEmpty(winName);
        Display.Require();
        Native.Check(Native.NamedWindow(winName, (int)flags));
    }

    /// <summary>Makes a window so large, px.</summary>
    public static void ResizeWindow(string winName, int width, int height) => Native.Check(Native.ResizeWindow(winName, width, height));

    /// <summary>Closes all windows.</summary>
    public static void DestroyAllWindows() => Native.Check(Native.DestroyAllWindows());

    /// <summary>Shows a picture in a window at the next <see cref="WaitKey"/>.</summary>
    /// <exception cref="OpenCVException">There is no display.</exception>
    public static void ImShow(string winName, Mat mat)
    {
        ArgumentException.ThrowIfNullOrEmpty(winName);
        Display.Require();
        Native.Check(Native.ImShow(winName, Argument.Of(mat)));
    }

    /// <summary>Lets the windows live for so many milliseconds, or until a key; -1 when none came.</summary>
    public static int WaitKey(int delay = 0)
    {
        Native.Check(Native.WaitKey(delay, out var key));
        return key;
    }

    /// <summary>Asks a window.</summary>
    public static double GetWindowProperty(string winName, WindowPropertyFlags propId)
    {
        Native.Check(Native.GetWindowProperty(winName, (int)propId, out var value));
        return value;
    }

    /// <summary>Puts a slider from 0 to <paramref name="count"/> into a window. Callbacks are not passed on: ask for its position.</summary>
    public static int CreateTrackbar(string trackbarName, string winName, ref int value, int count, TrackbarCallbackNative? onChange = null, IntPtr userData = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(trackbarName);
        if (onChange is not null)
            throw new NotSupportedException("A trackbar's callback is not in this part of OpenCvSharp4: ask for its position with GetTrackbarPos.");
        Native.Check(Native.CreateTrackbar(trackbarName, winName, value, count, out var created));
        return created;
    }

    /// <summary>Where a slider stands.</summary>
    public static int GetTrackbarPos(string trackbarName, string winName)
    {
        Native.Check(Native.GetTrackbarPos(trackbarName, winName, out var position));
        return position;
    }

    /// <summary>Moves a slider.</summary>
    public static void SetTrackbarPos(string trackbarName, string winName, int pos) => Native.Check(Native.SetTrackbarPos(trackbarName, winName, pos));
}
