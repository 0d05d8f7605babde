namespace PiStereoLink.Tests.Setup.Find;

/// <summary>A home folder with a .ssh in it.</summary>
internal sealed class KeyFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("psl-find-");

    public KeyFolder() => Directory.CreateDirectory(Path.Combine(Home, ".ssh"));

    public string Home => root.FullName;

    public string Put(string name, string text)
    {
        var path = Path.Combine(Home, ".ssh", name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => root.Delete(recursive: true);
}
