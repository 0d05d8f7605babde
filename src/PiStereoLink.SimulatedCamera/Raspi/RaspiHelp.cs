namespace PiStereoLink.SimulatedCamera.Raspi;

/// <summary>The answers of --help, which a call without arguments gets too.</summary>
internal static class RaspiHelp
{
    private const string Common = """

        -?, --help      : This help information
        -w, --width     : Set image width <size>
        -h, --height    : Set image height <size>
        -o, --output    : Output filename <filename>, - for stdout
        -cs, --camselect: Select camera <number>: 0 is the rig's left eye, 1 its right
        -t, --timeout   : Time (in ms) before it ends (default 5000; 0 is for ever)
        -set, --settings: Retrieve camera settings and write to stderr
        -ss, --shutter  : Set shutter speed in microseconds
        -ag, --analoggain, -dg, --digitalgain, -ISO: Fix the gain
        -awb off -awbg  : Fix white balance to <red,blue>
        -ev             : Set EV compensation in 1/6 stops
        -rot, --rotation: Set image rotation (0 or 180)
        -hf, -vf        : Flip across, flip down
        -roi            : Cut out <x,y,w,h>, each from 0 to 1

        """;

    private const string End = """

        The real program's other options are accepted and change nothing here.
        Faults on request and the rig's true depth: call PiStereoLink.SimulatedCamera without arguments.

        """;

    public const string Still = """

        "raspistill" Camera App simulated by PiStereoLink

        """ + Common + """
        -q, --quality   : Set jpeg quality <0 to 100> (default 85)
        -e, --encoding  : Encoding to use for output file (jpg, bmp, gif, png)
        -th, --thumb    : Set thumbnail parameters (x:y:quality) or none
        -x, --exif      : none writes no EXIF
        -tl, --timelapse: Timelapse mode. Takes a picture every <t>ms. %d is the frame number
        -s, --signal    : Take a picture on SIGUSR1, the last one on SIGUSR2
        -bm, --burst    : Stay in the mode of stills between them
        -dt, --datetime, -ts, --timestamp: Replace %d by the time
        -fs, --framestart: Starting frame number
        -l, --latest    : Link latest complete image to filename <filename>
        """ + End;

    public const string RawStill = """

        "raspiyuv" Camera App simulated by PiStereoLink

        """ + Common + """
        -rgb, --rgb     : Save as RGB data rather than YUV; -bgr, --bgr: as BGR
        -y, --luma      : Only output the luma / Y of the YUV data
        -tl, --timelapse, -s, --signal, -bm, --burst, -l, --latest: as of raspistill
        Rows are padded to a multiple of 32 pixels, and their number to one of 16.
        """ + End;

    public const string RawVideo = """

        "raspividyuv" Camera App simulated by PiStereoLink

        """ + Common + """
        -fps, --framerate: Specify the frames per second to record (default 30)
        -rgb, --rgb     : Save as RGB data rather than YUV
        -y, --luma      : Only output the luma / Y of the YUV data
        -pts, --save-pts: Save the frames' times, for mkvmerge
        -s, --signal    : Pause and go on at SIGUSR1; -i pause, --initial: begin paused
        Rows are padded to a multiple of 32 pixels, and their number to one of 16.
        """ + End;

    public const string Video = """

        "raspivid" Camera App simulated by PiStereoLink

        """ + Common + """
        -cd, --codec    : Specify the codec to use: MJPEG, or H264 (default) where ffmpeg is installed
        -b, --bitrate   : Set bitrate (default 17000000, at most 25000000)
        -fps, --framerate: Specify the frames per second to record (default 30)
        -g, --intra     : Specify the intra refresh period of H264 (default 60)
        -ih, --inline   : Put the parameter sets into each key frame of H264
        -sg, --segment  : Break the recording into files of <ms>, at key frames; -sn is the first number, -wr the last one
        -sp, --split    : Begin another file after each pause
        -c, --circular  : Keep as much as -t holds at this bitrate, and write it on SIGUSR1 (with -s)
        -pts, --save-pts: Save the frames' times, for mkvmerge
        -fl, --flush    : Flush buffers after each frame
        -s, --signal    : Pause and resume on SIGUSR1
        -i, --initial   : Start with record or pause
        """ + End;
}
