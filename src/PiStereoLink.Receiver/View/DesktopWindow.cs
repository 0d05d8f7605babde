using OpenCvSharp;

namespace PiStereoLink.Receiver.View;

/// <summary>A window with one picture and, below it, sliders. All calls come from the thread that opened it.</summary>
internal sealed class DesktopWindow : IDisposable
{
    private const int LookEveryMilliseconds = 15, SliderHeight = 26;

    private readonly string title;
    private int sliders;
    private bool isSized;      // from the first picture on, whose size says how large

    /// <exception cref="IOException">There is no display.</exception>
    public DesktopWindow(string title)
    {
        this.title = title;
        try
        {
            Cv2.NamedWindow(title, WindowFlags.Normal | WindowFlags.GuiNormal);
        }
        catch (Exception e) when (e is OpenCVException or DllNotFoundException)
        {
            throw new IOException($"A window cannot be opened: {e.Message.TrimEnd('.')}.", e);
        }
    }

    public void AddSlider(string name, int position, int last)
    {
        Cv2.CreateTrackbar(name, title, ref position, last);
        sliders++;
    }

    public int SliderAt(string name) => Cv2.GetTrackbarPos(name, title);

    public void MoveSlider(string name, int position) => Cv2.SetTrackbarPos(name, title, position);

    public void Show(Mat picture)
    {
        if (!isSized)
            Cv2.ResizeWindow(title, picture.Cols, picture.Rows + sliders * SliderHeight);
        isSized = true;
        Cv2.ImShow(title, picture);
    }

    /// <summary>Lets the window live for a moment, and says which key was pressed in it; q where it was closed, or Esc was pressed.</summary>
    public char? Key() => (Cv2.WaitKey(LookEveryMilliseconds) & 0xFF) switch
    {
        27 => 'q',
        _ when Cv2.GetWindowProperty(title, WindowPropertyFlags.Visible) < 1 => 'q',
        255 => null,
        var key => (char)key,
    };

    public void Dispose() => Cv2.DestroyAllWindows();
}
