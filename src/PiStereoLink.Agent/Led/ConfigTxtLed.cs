using System.Text;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>
/// <c>disable_camera_led=1</c> in the firmware's config.txt. It counts after a reboot, and for the legacy camera stack alone: under
/// libcamera it "has never done anything useful" (https://github.com/raspberrypi/libcamera/issues/23).
/// </summary>
internal sealed class ConfigTxtLed : ILed
{
    private const string Permission = "Run it with sudo.";
    private const string Setting = "disable_camera_led";

    private readonly string path;

    /// <param name="candidates">Where config.txt can be, the newer place first: the older one then only says that it has moved.</param>
    public ConfigTxtLed(IReadOnlyList<string> candidates) =>
        path = candidates.FirstOrDefault(File.Exists) ?? throw new LedException($"There is no config.txt: neither {string.Join(" nor ", candidates)}.");

    public string Place => path;

    public string Note => "It counts after a reboot (`sudo reboot`), and only with raspivid and the legacy camera stack; rpicam-vid and libcamera-vid do not heed it.";

    public string WhenNotKept => $"Look at the lines {Setting} in it.";

    public LedState State => LedException.Told(path, Permission, () => Lines().Any(line => Value(line) == "1")) ? LedState.Off : LedState.Auto;

    public void Light(bool lit) => LedException.Told(path, Permission, () => Rewrite(lit ? "0" : "1"));

    public void Release() => LedException.Told(path, Permission, () => Rewrite(null));

    public Action Remember() => throw new LedException($"{path} counts after a reboot, so it cannot follow a camera.");

    public void Dispose()
    {
    }

    private static string? Value(string line)
    {
        var parts = line.Split('=', 2);
        return parts.Length == 2 && parts[0].Trim() == Setting ? parts[1].Trim() : null;
    }

    // Latin 1 has a character for every byte, so whatever else stands there comes out as it was.
    private string[] Lines() => File.ReadAllText(path, Encoding.Latin1).Split('\n');

    /// <summary>Takes out every line of ours and appends one, in a section that counts on every board.</summary>
    private void Rewrite(string? value)
    {
        var kept = Lines().Where(line => Value(line) is null).ToList();
        var text = string.Join('\n', kept);
        if (value is not null)
        {
            var section = kept.Select(line => line.Trim()).LastOrDefault(line => line.StartsWith('['));
            text += (text.EndsWith('\n') || text.Length == 0 ? "" : "\n") + (section is null or "[all]" ? "" : "[all]\n") + $"{Setting}={value}\n";
        }
        Replace(text);
    }

    /// <summary>A Pi with half a config.txt does not start: the new one is whole on the disk before it takes the old one's place.</summary>
    private void Replace(string text)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var temporary = target + ".part";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.Latin1.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, target, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(target)!);
    }
}
