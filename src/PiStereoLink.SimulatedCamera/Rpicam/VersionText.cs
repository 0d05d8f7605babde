namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>The answer of --version.</summary>
internal static class VersionText
{
    public static string Of(Generation generation) => generation.IsOfPi5
        ? $"""
            {generation.Suite} build: v1.9.0 simulated by PiStereoLink
            libcamera build: v0.5.2+99-bfd68f78

            """
        : $"""
            {generation.Suite} build: v1.0.2 simulated by PiStereoLink
            libcamera build: v0.0.2+12-5df5b72c

            """;
}
