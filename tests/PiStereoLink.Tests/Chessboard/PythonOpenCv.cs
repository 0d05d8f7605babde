namespace PiStereoLink.Tests.Chessboard;

/// <summary>Python 3 with NumPy, OpenCV and PyYAML, which read and measure what ours wrote. Where they are missing the test is skipped.</summary>
internal static class PythonOpenCv
{
    private static readonly Lazy<Task<bool>> Installed = new(async () => Path() is { } python && (await Tool.RunAsync(python, "-c", "import cv2, numpy, yaml")).ExitCode == 0);

    /// <summary>Runs a script and returns what it printed; a script that fails fails the test with its own words.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        Assert.SkipUnless(await Installed.Value, "Python 3 with OpenCV and PyYAML (python3-opencv, python3-yaml) is not installed");
        var outcome = await Tool.RunAsync(Path()!, ["-c", "import cv2, numpy as np, sys, json\n" + script, .. arguments]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return outcome.Output;
    }

    // Debian's own: a python3 of another origin that comes first on the PATH has no OpenCV.
    private static string? Path() => new[] { "/usr/bin/python3", "/usr/local/bin/python3" }.FirstOrDefault(File.Exists);
}
