namespace PiStereoLink.Agent;

/// <summary>The settings of the LED while pictures are taken.</summary>
internal static class LedSettings
{
    public const string Keep = "keep";
    public const string Off = "off";

    public static IEnumerable<string> Problems(AgentOptions options)
    {
        if (options.Led is not (Keep or Off))
            yield return $"--led '{options.Led}' cannot be done while taking pictures: {Keep} or {Off} can.";
        var device = LedSpec.Parse(options.LedDevice);
        if (device is null)
            yield return $"--led-device '{options.LedDevice}' is no LED: {LedSpec.Allowed} is.";
        if (device is LedSpec.ConfigTxt)
            yield return "--led-device config-txt counts after a reboot, so it cannot follow the camera: use `agent led off --led config-txt` once.";
    }
}
