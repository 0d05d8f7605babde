using System.Text.Json;

namespace PiStereoLink.Tests.DepthCommands;

/// <summary>A folder for the files of a test, and the real receiver run on them.</summary>
internal sealed class Desk : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("depth-commands-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Runs <c>receiver ARGUMENTS</c> to its end.</summary>
    public static Task<Tool.Outcome> RunAsync(params string[] arguments) => Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), arguments);

    /// <summary>Runs <c>receiver ARGUMENTS --json</c>, which must succeed, and reads the last line of stdout.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var outcome = await RunAsync([.. arguments, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        using var document = JsonDocument.Parse(outcome.Output.TrimEnd('\n').Split('\n')[^1]);
        return document.RootElement.Clone();
    }

    /// <summary>Runs a script with the system's Python and NumPy, which know nothing of us; skipped where they are not installed.</summary>
    public static async Task<string> NumPyAsync(string script, params string[] arguments)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), $"{python} is not installed; NumPy is what this is compared with");
        var numpy = await Tool.RunAsync(python, "-c", "import numpy, cv2");
        Assert.SkipWhen(numpy.ExitCode != 0, $"{python} has no NumPy and OpenCV (python3-opencv); they are what this is compared with");
        var outcome = await Tool.RunAsync(python, ["-c", script, .. arguments]);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return outcome.Output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
