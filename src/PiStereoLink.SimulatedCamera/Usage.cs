namespace PiStereoLink.SimulatedCamera;

/// <summary>This program's own help, for those who call it without a camera program's name.</summary>
internal static class Usage
{
    private const string Text = """
        PiStereoLink.SimulatedCamera: answers as a Raspberry Pi's camera program, with a rendered stereo rig of known depth.

          PiStereoLink.SimulatedCamera rpicam-vid OPTIONS...
          rpicam-vid OPTIONS...      through a link of that name, or libcamera-vid

        Example: the left eye (--camera 0; the right eye is 1) at 10 frames a second
          PiStereoLink.SimulatedCamera rpicam-vid -t 0 -n --codec mjpeg --width 640 --height 480 --framerate 10 --flush -o -

        Options are the real program's (rpicam-vid --help); only --codec mjpeg is simulated. Those that steer a real
        sensor or encoder (--shutter, --gain, --hflip, --inline ...) are accepted and change nothing.

        Both eyes take their frames on one grid of the wall clock, so frames of one instant have one FrameWallClock.

        PISTEREOLINK_SIM_TRUTH=DIR   writes DIR/rig.npz (imageSize, K1, D1, K2, D2, R, T in metres; K, D: the left's), and
                                     the left eye writes left-MICROSECONDS.pfm for every 10th instant of the grid: the
                                     depth in metres of each pixel of the picture as taken. The newest 60 are kept.
        PISTEREOLINK_SIM_FAULT=...   one fault, or several with commas between:
          busy                       another process has the camera: refuses to start, 255
          no-camera                  no camera is connected: refuses to start, 255
          stall:N                    after N frames the sensor falls silent; then SIGINT goes unanswered, as on a Pi
          half:N                     after N frames one JPEG breaks off in the middle; the next one is whole
          stderr-flood               writes 256 KiB to stderr at the start and 4 KiB with each frame
          late:MS                    each frame arrives MS milliseconds after its capture
          frozen:N                   after N frames the picture stays the same; times go on
          exit:CODE:N                exits with CODE after N frames
          ignore-sigint              does not stop on SIGINT
          no-metadata                opens the metadata file and never writes to it
          chatter                    writes a line of text to stdout before the first frame

        """;

    /// <summary>Prints it and returns the exit code for wrong usage.</summary>
    public static int Print()
    {
        Console.Error.Write(Text);
        return 2;
    }
}
