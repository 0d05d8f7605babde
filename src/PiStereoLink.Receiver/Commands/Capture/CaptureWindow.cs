using OpenCvSharp;
using PiStereoLink.Receiver.View;

namespace PiStereoLink.Receiver.Commands.Capture;

/// <summary>What the cameras see, live in a window: the corners found, and what is covered. Space keeps the next pair that shows the board, q ends.</summary>
internal sealed class CaptureWindow : IDisposable
{
    private readonly DesktopWindow window = new("PiStereoLink capture");
    private Mat? newest;

    /// <summary>The newest drawing, which the window owns from here on; from any thread.</summary>
    public void Show(Mat drawing) => Interlocked.Exchange(ref newest, drawing)?.Dispose();

    /// <summary>Shows drawings until the capture ends. On the thread that opened the window.</summary>
    public void Run(Task capture, Action askForOne, Action end)
    {
        while (!capture.IsCompleted)
        {
            using (var drawing = Interlocked.Exchange(ref newest, null))
                if (drawing is not null)
                    window.Show(drawing);
            switch (window.Key())
            {
                case ' ':
                    askForOne();
                    break;
                case 'q':
                    end();
                    return;
            }
        }
    }

    public void Dispose()
    {
        window.Dispose();
        newest?.Dispose();
    }
}
