using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>The two cameras of the rig, as a Pi 5 with two IMX219 would have them, or a Compute Module before there was a Pi 5.</summary>
internal static class CameraList
{
    // Sorted by id, the highest first: that is how the programs count cameras.
    private static readonly string[] Pi5 =
    [
        "/base/axi/pcie@120000/rp1/i2c@88000/imx219@10",
        "/base/axi/pcie@120000/rp1/i2c@80000/imx219@10",
    ];

    private static readonly string[] ComputeModule =
    [
        "/base/soc/i2c0mux/i2c@1/imx219@10",
        "/base/soc/i2c0mux/i2c@0/imx219@10",
    ];

    /// <summary>The device path by which libcamera knows the camera of an eye.</summary>
    public static string IdOf(Eye eye, Generation generation) => (generation.IsOfPi5 ? Pi5 : ComputeModule)[(int)eye];

    /// <summary>What --list-cameras prints: a blank line follows each camera.</summary>
    public static string Text(Generation generation)
    {
        var sensor = generation.IsOfPi5 ? "3280x2464 10-bit RGGB" : "3280x2464";
        var cameras = Enum.GetValues<Eye>().Select(eye => $"""
            {(int)eye} : imx219 [{sensor}] ({IdOf(eye, generation)})
                Modes: 'SRGGB10_CSI2P' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
                                         1640x1232 [83.70 fps - (0, 0)/3280x2464 crop]
                                         1920x1080 [47.57 fps - (680, 692)/1920x1080 crop]
                                         3280x2464 [21.19 fps - (0, 0)/3280x2464 crop]
                       'SRGGB8' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
                                  1640x1232 [83.70 fps - (0, 0)/3280x2464 crop]
                                  1920x1080 [47.57 fps - (680, 692)/1920x1080 crop]
                                  3280x2464 [21.19 fps - (0, 0)/3280x2464 crop]


            """);
        return "Available cameras\n-----------------\n" + string.Concat(cameras);
    }
}
