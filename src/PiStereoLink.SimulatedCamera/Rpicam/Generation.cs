using System.Globalization;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>Which state of the rpicam and libcamera programs is played: options came and texts changed with the years.</summary>
/// <param name="Month">As 2022-11, which compares as text.</param>
internal sealed record Generation(string Month)
{
    private const string Variable = "PISTEREOLINK_SIM_GENERATION";

    // libcamera-* is what a Bullseye Pi has, which nobody updates any more; rpicam-* is kept up to date.
    private const string OfLibcameraNames = "2022-11", OfRpicamNames = "2025-12";

    /// <summary>Whether what came in a month is there.</summary>
    public bool Since(string month) => string.CompareOrdinal(Month, month) >= 0;

    /// <summary>Times may carry units, and the list of cameras says bit depth and colour filter.</summary>
    public bool IsOfPi5 => Since("2023-07");

    /// <summary>The suite's name of the time, and that of its programs.</summary>
    public string Suite => Since("2023-11") ? "rpicam-apps" : "libcamera-apps";

    /// <summary>Where --help, --version and --list-cameras print: stderr until the end of July 2022.</summary>
    public TextWriter Answers => Since("2022-08") ? Console.Out : Console.Error;

    /// <summary>The one that the environment names, else the usual one for a program of that name.</summary>
    public static Generation Of(string program)
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(text))
            return new(program.StartsWith("libcamera-", StringComparison.Ordinal) ? OfLibcameraNames : OfRpicamNames);
        if (!DateOnly.TryParseExact(text.Length == 4 ? text + "-12" : text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            throw new ArgumentException($"{Variable}: '{text}' is neither a year nor a year and month as 2022-11.");
        return new(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }
}
