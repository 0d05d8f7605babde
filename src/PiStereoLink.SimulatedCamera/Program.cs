using PiStereoLink.SimulatedCamera;
using PiStereoLink.SimulatedCamera.RpicamStill;
using PiStereoLink.SimulatedCamera.RpicamVid;
using Raspi = PiStereoLink.SimulatedCamera.Raspi;

// A shell starts background jobs with SIGINT ignored; the real programs catch it all the same.
Libc.LetSignalKill(Libc.Sigint);
var (program, options) = CalledAs.From(args);
return program switch
{
    "rpicam-vid" or "libcamera-vid" => VidProgram.Run(program, options),
    "rpicam-still" or "libcamera-still" => StillProgram.Run(program, options),
    "raspivid" or "raspividyuv" => Raspi.VidProgram.Run(program, options),
    "raspistill" or "raspiyuv" => Raspi.StillProgram.Run(program, options),
    _ => Usage.Print(),
};
