namespace PiStereoLink.SimulatedCamera.RpicamVid;

/// <summary>The two cameras of the rig, as a Pi 5 with two IMX219 would have them.</summary>
internal static class CameraList
{
    private static readonly string[] Ids =
    [
        "/base/axi/pcie@120000/rp1/i2c@88000/imx219@10",
        "/base/axi/pcie@120000/rp1/i2c@80000/imx219@10",
    ];

    /// <summary>The device path by which libcamera knows the camera of an eye.</summary>
    public static string IdOf(Optics.Eye eye) => Ids[(int)eye];

    /// <summary>What --list-cameras prints: a blank line follows each camera.</summary>
    public static string Text()
    {
        var cameras = Ids.Select((id, index) => $"""
            {index} : imx219 [3280x2464 10-bit RGGB] ({id})
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
