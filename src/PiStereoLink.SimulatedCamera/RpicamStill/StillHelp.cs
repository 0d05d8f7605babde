namespace PiStereoLink.SimulatedCamera.RpicamStill;

/// <summary>The answer of --help.</summary>
internal static class StillHelp
{
    public const string Options = """
        Valid options are:
          -h [ --help ]                  Print this help message
          --version                      Displays the build version number
          --list-cameras                 Lists the available cameras attached to the system.
          --camera arg (=0)              Chooses the camera to use: 0 is the rig's left eye, 1 its right
          -v [ --verbose ] [=arg(=2)]    Set verbosity level. Level 0 is no output, 1 is default, 2 is verbose.
          --width arg (=0)               Set the output image width (0 = use default value, 3280)
          --height arg (=0)              Set the output image height (0 = use default value, 2464)
          -t [ --timeout ] arg (=5sec)   Time for which program runs. If no units are provided default to ms. 0 is for ever.
          -o [ --output ] arg            Set the output file name, with %d for a number; a folder with --datetime; - for stdout
          -n [ --nopreview ]             Do not show a preview window
          -e [ --encoding ] arg (=jpg)   Set the desired output encoding, either jpg, png, rgb, bmp or yuv420
          -q [ --quality ] arg (=93)     Set the JPEG quality parameter
          --thumb arg (=320:240:70)      Set thumbnail parameters as width:height:quality, or none
          -r [ --raw ]                   Also save raw file in DNG format
          --timelapse arg (=0)           Time interval between timelapse captures. If no units are provided default to ms.
          --framestart arg (=0)          Initial frame counter value for timelapse captures
          --datetime, --timestamp        Name files by the time, in the folder that is the output
          --latest arg                   Create a symbolic link with this name to most recent saved file
          --immediate                    Perform first capture immediately, with no preview phase
          --zsl                          Take stills without setting up the camera anew for each
          -s [ --signal ]                Capture on SIGUSR1, end on SIGUSR2
          -k [ --keypress ]              Capture on Enter, end on x and Enter
          --metadata arg                 Save captured image metadata to a file
          --shutter, --gain, --awbgains, --ev, --roi, --hflip, --vflip, --rotation: as of rpicam-vid
        The real program's other options are accepted and change nothing here.
        Faults on request and the rig's true depth: call PiStereoLink.SimulatedCamera without arguments.

        """;
}
