namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The answer of --help.</summary>
internal static class VidHelp
{
    public const string Options = """
        Valid options are:
          -h [ --help ]                  Print this help message
          --version                      Displays the build version number
          --list-cameras                 Lists the available cameras attached to the system.
          --camera arg (=0)              Chooses the camera to use: 0 is the rig's left eye, 1 its right
          -v [ --verbose ] [=arg(=2)]    Set verbosity level. Level 0 is no output, 1 is default, 2 is verbose.
          --width arg (=0)               Set the output image width (0 = use default value, 640)
          --height arg (=0)              Set the output image height (0 = use default value, 480)
          -t [ --timeout ] arg (=5sec)   Time for which program runs. If no units are provided default to ms. 0 is for ever.
          -o [ --output ] arg            Set the output file name, - for stdout
          -n [ --nopreview ]             Do not show a preview window
          --framerate arg (=30)          Set the fixed framerate
          --codec arg (=h264)            Set the codec to use: mjpeg, yuv420, or h264 where ffmpeg is installed
          -q [ --quality ] arg (=50)     Set the MJPEG quality parameter
          -b [ --bitrate ] arg (=0)      Set the h264 bitrate
          -g [ --intra ] arg (=0)        Set the h264 key frame interval (0 = 60)
          --inline                       Force the parameter sets into each key frame of h264; always so on a Pi 5
          --segment arg (=0)             Break the recording into files of so many ms, at key frames; %d is the number
          --split                        Create a new output file after each pause
          --wrap arg (=0)                Begin again with the numbers of files after so many
          --circular [=arg(=4)] (=0)     Keep so many megabytes and write them at the end, from a key frame on
          --save-pts arg                 Save the frames' times, for mkvmerge
          --flush                        Flush output data as soon as possible
          --frames arg (=0)              Run for the exact number of frames specified. This will override any timeout set.
          --metadata arg                 Save captured image metadata to a file
          --metadata-format arg (=json)  Format to save the metadata in, either txt or json
          --shutter arg (=0)             Fix the exposure time, in us if no units are provided. 0 is automatic, as with --gain and --awbgains.
          --gain arg (=0)                Fix the gain
          --awbgains arg (=0,0)          Fix the red and blue gains
          --ev arg (=0)                  Aim brighter by so many stops
          --roi arg                      Cut x,y,width,height out of the sensor's picture, each from 0 to 1
          --hflip, --vflip, --rotation   Flip across, flip down, turn by 0 or 180 degrees
          -s [ --signal ]                SIGUSR1 pauses and resumes, SIGUSR2 ends
          -i [ --initial ] arg (=record) Start with record or pause
        The real program's other options are accepted and change nothing here.
        Faults on request and the rig's true depth: call PiStereoLink.SimulatedCamera without arguments.

        """;
}
