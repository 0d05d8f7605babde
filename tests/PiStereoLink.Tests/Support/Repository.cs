namespace PiStereoLink.Tests;

/// <summary>Where this repository stands, found from the test assembly upwards.</summary>
internal static class Repository
{
    public static string? Root { get; } = Find(AppContext.BaseDirectory);

    private static string? Find(string? folder) =>
        folder is null ? null : File.Exists(Path.Combine(folder, "PiStereoLink.sln")) ? folder : Find(Path.GetDirectoryName(folder));
}
