using System.Runtime.CompilerServices;

namespace PiStereoLink.Tests.Vision;

/// <summary>Finds files beside the tests, and the real pictures beside the repository.</summary>
internal static class TestFiles
{
    public static string Data(string name, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "data", name);

    /// <summary>A file of ../shared/data, or the test is skipped.</summary>
    public static string Shared(string name, [CallerFilePath] string source = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(source)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PiStereoLink.sln")))
            folder = folder.Parent;
        var path = Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", name));
        if (!File.Exists(path))
            Assert.Skip($"The real pictures are not here: {path}");
        return path;
    }
}
