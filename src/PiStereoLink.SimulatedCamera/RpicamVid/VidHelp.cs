namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The answers of --help and --version.</summary>
internal static class VidHelp
{
    public const string Version = """
        rpicam-apps build: v1.9.0 simulated by PiStereoLink
        libcamera build: v0.5.2+99-bfd68f78

        """;

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
          --codec arg (=h264)            Set the codec to use; only mjpeg is simulated
          -q [ --quality ] arg (=50)     Set the MJPEG quality parameter
          --flush                        Flush output data as soon as possible
          --frames arg (=0)              Run for the exact number of frames specified. This will override any timeout set.
          --metadata arg                 Save captured image metadata to a file
          --metadata-format arg (=json)  Format to save the metadata in, either txt or json
        The real program's other options are accepted and change nothing here.
        Faults on request and the rig's true depth: call PiStereoLink.SimulatedCamera without arguments.

        """;
}
