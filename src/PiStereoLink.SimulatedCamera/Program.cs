using PiStereoLink.SimulatedCamera;
using PiStereoLink.SimulatedCamera.RpicamVid;

var (program, options) = CalledAs.From(args);
return program switch
{
    // Bookworm's libcamera-vid is a link to rpicam-vid.
    "rpicam-vid" or "libcamera-vid" => VidProgram.Run(options),
    _ => Usage.Print(),
};
