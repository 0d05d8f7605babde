namespace PiStereoLink.Receiver.Commands.Demo;

/// <summary>Finds another program of this project.</summary>
internal static class SiblingProgram
{
    /// <summary>Where the variable says, else beside this program, else in the build output beside this project's.</summary>
    /// <exception cref="FileNotFoundException">It is in none of these places.</exception>
    public static string Find(string name, string variable)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        var here = AppContext.BaseDirectory;
        string?[] places =
        [
            Environment.GetEnvironmentVariable(variable),
            Path.Combine(here, file),
            Path.Combine(here.Replace(typeof(SiblingProgram).Assembly.GetName().Name!, name, StringComparison.Ordinal), file),
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"The program {name} is not built. Run ./pistereolink demo, which builds what it needs, or name it in {variable}.");
    }
}
