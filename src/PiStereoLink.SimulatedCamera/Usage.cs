namespace PiStereoLink.SimulatedCamera;

/// <summary>This program's own help, for those who call it without a camera program's name.</summary>
internal static class Usage
{
    private const string Text = """
        PiStereoLink.SimulatedCamera: answers as a Raspberry Pi's camera program, with a rendered stereo rig of known depth.

          PiStereoLink.SimulatedCamera PROGRAM OPTIONS...
          PROGRAM OPTIONS...         through a link of that name

        PROGRAM is rpicam-vid, rpicam-still, libcamera-vid, libcamera-still, raspivid, raspividyuv, raspistill or raspiyuv;
        each tells its options with --help. Example: the left eye (--camera 0; the right eye is 1) at 10 frames a second
          PiStereoLink.SimulatedCamera rpicam-vid -t 0 -n --codec mjpeg --width 640 --height 480 --framerate 10 --flush -o -

        Options are the real programs'; videos are MJPEG, or H.264 where ffmpeg is installed. Exposure, gains, --roi and flips change the picture. Others
        that steer a real sensor or encoder (--denoise, --profile ...) are accepted and change nothing. The whole sensor's
        picture, which is what programs for stills take unless told a size, needs some seconds to be rendered.

        Both eyes take their frames on one grid of the wall clock, so frames of one instant have one FrameWallClock.

        PISTEREOLINK_SIM_GENERATION=2022-05
                                     the month, or the year's end, of whose state rpicam-* and libcamera-* are: options that
                                     came later are refused, texts go where they went. Else 2025-12, and 2022-11 for libcamera-*.
        PISTEREOLINK_SIM_TRUTH=DIR   writes DIR/rig.npz (imageSize, K1, D1, K2, D2, R, T in metres; K, D: the left's), and
                                     the left eye writes left-MICROSECONDS.pfm for every 10th instant of the grid and for
                                     every still: the depth in metres of each pixel of the picture before any flip. The
                                     newest 60 are kept.
        PISTEREOLINK_SIM_SCENE=board what is seen: else room. A board of 9 x 6 inner corners and squares of 40 mm is held before the rig in an
                                     empty room, still for 0.9 s in each place, or for 5 s with board:5
        PISTEREOLINK_SIM_WANDER=10   automatic exposure and white balance stray by up to so many per cent from what is right, and
                                     pictures flicker as those of a real camera do
        PISTEREOLINK_SIM_FAULT=...   one fault, or several with commas between; for stills, frames are stills:
          busy                       another process has the camera: refuses to start, 255 (raspi*: 70)
          no-camera                  no camera is connected: refuses to start, 255 (raspi*: 70)
          wrong-stack                the system is set up for the programs of another generation: refuses to start, 255
          bandwidth                  the bus has no room left for the camera's stream: refuses to start, 255 (rpicam-* only)
          stall:N                    after N frames the sensor falls silent; then SIGINT goes unanswered, as on a Pi
          half:N                     after N frames one JPEG breaks off in the middle; the next one is whole
          stderr-flood               writes 256 KiB to stderr at the start and 4 KiB with each frame
          late:MS                    each frame arrives MS milliseconds after its capture
          slow-still:MS              each still takes MS milliseconds longer
          frozen:N                   after N frames the picture stays the same; times go on
          two-pictures:N             after N frames the last two pictures take turns, which costs next to nothing
          exit:CODE:N                exits with CODE after N frames
          ignore-sigint              does not stop on SIGINT
          no-metadata                opens the metadata file and never writes to it
          chatter                    writes a line of text to stdout before the first frame
          once:FILE                  the faults beside it are played by the first run alone, which makes FILE; later runs are in order

        PISTEREOLINK_SIM_DEVICES=DIR a camera is DIR/video0 or video1, held open and locked: a second run is refused as busy
                                     while the first one lives (rpicam-* only)

        """;

    /// <summary>Prints it and returns the exit code for wrong usage.</summary>
    public static int Print()
    {
        Console.Error.Write(Text);
        return 2;
    }
}
