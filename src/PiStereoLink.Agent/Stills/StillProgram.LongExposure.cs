namespace PiStereoLink.Agent;

public sealed partial class StillProgram
{
    /// <summary>Below a second there is little to gain, and a picture without a preview before it has not been focused.</summary>
    private const double LongExposureMicroseconds = 1_000_000;

    /// <summary>What the documentation of picamera gives for the modules V1 and V2; newer ones go far beyond a minute.</summary>
    private static readonly (string Sensor, int Seconds)[] LongestExposures = [("ov5647", 6), ("imx219", 10)];

    private string? sensorAsked;        // found out once, before the first exposure that some sensor does not reach

    private static bool IsLong(PictureSettings pictures) => pictures.ShutterMicroseconds >= LongExposureMicroseconds;

    /// <summary>Refuses a shutter that the sensor does not have: the program would shorten it without a word.</summary>
    /// <exception cref="CameraException">It does not have it.</exception>
    private async Task CheckLimitAsync(int camera, PictureSettings pictures, CancellationToken stopping)
    {
        // The legacy programs cannot be asked which sensor they have.
        if (program.Dialect == CameraDialect.Raspi || !Array.Exists(LongestExposures, longest => Beyond(longest.Seconds)))
            return;
        sensorAsked ??= await SensorAsync(camera, stopping);
        foreach (var (sensor, seconds) in LongestExposures)
            if (sensor == sensorAsked && Beyond(seconds))
                throw new CameraException($"The {sensor} has no --shutter {ProgramArguments.Text(pictures.ShutterMicroseconds!.Value)}: it exposes for at most {seconds} s.");

        bool Beyond(int seconds) => pictures.ShutterMicroseconds > seconds * 1e6;
    }

    private async Task<string> SensorAsync(int camera, CancellationToken stopping)
    {
        try
        {
            return (await CameraList.ReadAsync(program, time, stopping)).FirstOrDefault(listed => listed.Index == camera)?.Model ?? "";
        }
        catch (CameraException)
        {
            return "";      // programs before November 2021 have no list; what else is wrong, the picture will tell
        }
    }

    /// <summary>
    /// The same picture with everything fixed. What is left for the program to find out it would look for with the long shutter, one
    /// exposure after the other; a picture with a usual one finds it sooner.
    /// </summary>
    private async Task<PictureSettings> MeteredAsync(int camera, PictureSettings pictures, TimeSpan settle, string path, CancellationToken stopping)
    {
        var usual = pictures with { ShutterMicroseconds = null, Gain = null, Encoding = "jpg", Raw = false };
        var metered = await ShootAsync(camera, usual, settle, Path.ChangeExtension(path, ".metered.jpg"), stopping);
        if (FrozenExposure.From(metered.Metadata) is not { } found)
            return pictures;
        return pictures with
        {
            Gain = pictures.Gain ?? Math.Max(1, Math.Round(found.ShutterMicroseconds * found.Gain / pictures.ShutterMicroseconds!.Value, 3)),
            ColourGains = pictures.ColourGains ?? found.ColourGains,
        };
    }
}
