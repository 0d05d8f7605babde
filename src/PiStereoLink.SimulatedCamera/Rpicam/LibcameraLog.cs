using System.Globalization;
using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>What libcamera and the camera program say on stderr while they start; silent at verbosity 0.</summary>
internal sealed class LibcameraLog(RpicamOptions options)
{
    private readonly int verbosity = options.Verbosity;

    /// <summary>A line of the camera program itself.</summary>
    public void Say(string text, int level = 1)
    {
        if (verbosity >= level)
            Console.Error.WriteLine(text);
    }

    /// <summary>The camera is open.</summary>
    public void Opened()
    {
        Info($"Camera camera_manager.cpp:340 libcamera {(options.Generation.IsOfPi5 ? "v0.5.2+99-bfd68f78" : "v0.0.2+12-5df5b72c")}");
        foreach (var eye in Enum.GetValues<Eye>())
            Info($"Camera camera_manager.cpp:223 Adding camera '{IdOf(eye)}' for pipeline handler rpi/{(options.Generation.IsOfPi5 ? "pisp" : "vc4")}", ofHelper: true);
    }

    /// <summary>The camera is set up and about to start.</summary>
    public void Configured()
    {
        var (width, height) = (options.Framing.Width, options.Framing.Height);
        Say($"Mode selection for {width}:{height}:12:P");
        Say("    SRGGB10_CSI2P,640x480/0 - Score: 1504.81");
        Say("    SRGGB10_CSI2P,1640x1232/0 - Score: 2080.5");
        Info($"Camera camera.cpp:1215 configuring streams: (0) {width}x{height}-YUV420/sRGB (1) 1640x1232-BGGR_PISP_COMP1/RAW");
        var file = options.Generation.IsOfPi5 ? "pisp.cpp:1483" : "vc4.cpp:444";
        Info($"RPI {file} Sensor: {IdOf(options.Eye)} - Selected sensor format: 1640x1232-SBGGR10_1X10/RAW - Selected CFE format: 1640x1232-PC1B/RAW", ofHelper: true);
    }

    /// <summary>Another process has the camera.</summary>
    public void Busy() => Line("ERROR", "Camera pipeline_handler.cpp:106 Pipeline handler in use by another process");

    /// <summary>The bus has no room for the camera's stream.</summary>
    public void NoBandwidth() => Line("ERROR", "V4L2 v4l2_videodevice.cpp:2049 /dev/video4[16:cap]: Failed to start streaming: No space left on device");

    /// <summary>The sensor sent nothing for a second.</summary>
    public void Silence()
    {
        Line(" WARN", "V4L2 v4l2_videodevice.cpp:2150 /dev/video4[16:cap]: Dequeue timer of 1000000.00us has expired!", ofHelper: true);
        // An error of the program itself is said at any verbosity.
        Console.Error.WriteLine("ERROR: Device timeout detected, attempting a restart!!!");
    }

    private string IdOf(Eye eye) => CameraList.IdOf(eye, options.Generation);

    private void Info(string text, bool ofHelper = false) => Line(" INFO", text, ofHelper);

    private void Line(string level, string text, bool ofHelper = false)
    {
        if (verbosity == 0)
            return;
        var sinceBoot = CaptureGrid.SensorNowNanoseconds;
        var time = TimeSpan.FromSeconds(sinceBoot / 1_000_000_000);
        Say(string.Create(CultureInfo.InvariantCulture,
            $"[{(int)time.TotalHours}:{time:mm\\:ss}.{sinceBoot % 1_000_000_000:000000000}] [{Environment.ProcessId + (ofHelper ? 4 : 0)}] {level} {text}"));
    }
}
