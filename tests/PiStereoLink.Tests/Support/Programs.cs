namespace PiStereoLink.Tests;

/// <summary>Where the programs lie that were built beside these tests.</summary>
internal static class Programs
{
    /// <summary>The executable of a project of this solution, of the same build (debug or release) as the tests.</summary>
    public static string Path(string project)
    {
        // artifacts/bin/PiStereoLink.Tests/debug/ -> artifacts/bin/<project>/debug/<project>
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        var bin = build.Parent?.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not an artifacts folder.");
        return System.IO.Path.Combine(bin.FullName, project, build.Name, OperatingSystem.IsWindows() ? project + ".exe" : project);
    }
}
