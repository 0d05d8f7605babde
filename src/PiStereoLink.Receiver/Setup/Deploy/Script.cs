using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>The scripts that run over there: files of their own, so that they can be read and checked as such.</summary>
internal static class Script
{
    /// <summary>A script with its words.</summary>
    public static string Of(string name, params string[] words) => SshLogin.Called(Resource($"deploy/{name}.sh"), words);

    /// <summary>A file of deploy/raspberrypi, as it was when this program was built.</summary>
    public static string Template(string name) => Resource($"raspberrypi/{name}");

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
