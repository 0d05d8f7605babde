using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>An LED that the kernel knows, such as the board's ACT: <c>/sys/class/leds/ACT</c>.</summary>
internal sealed class SysfsLed : ILed
{
    private const string Permission = "Run it with sudo, or let a udev rule give the files trigger and brightness to a group of yours.";

    /// <summary>The trigger that switches nothing.</summary>
    private const string NoTrigger = "none";

    private readonly string folder;

    /// <param name="leds"><c>/sys/class/leds</c></param>
    /// <param name="name">A folder in it.</param>
    public SysfsLed(string leds, string name)
    {
        folder = Path.Combine(leds, name);
        if (Directory.Exists(folder))
            return;
        var there = Directory.Exists(leds) ? Directory.EnumerateDirectories(leds).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList() : [];
        throw new LedException($"There is no LED {name} in {leds}: {(there.Count == 0 ? "this machine has none there" : $"there are {string.Join(", ", there)}")}.");
    }

    public string Place => folder;

    public string Note => "";

    public string WhenNotKept => "Another program or the kernel switches it too.";

    public LedState State => Told(() => Trigger() != NoTrigger ? LedState.Auto : Number("brightness") > 0 ? LedState.On : LedState.Off);

    /// <summary>A trigger goes on switching, so it is taken away first.</summary>
    public void Light(bool lit) => Told(() =>
    {
        Write("trigger", NoTrigger);
        Write("brightness", (lit ? Number("max_brightness") : 0).ToString(CultureInfo.InvariantCulture));
    });

    /// <summary>Gives it the trigger that the device tree names for it.</summary>
    public void Release()
    {
        var described = Path.Combine(folder, "of_node", "linux,default-trigger");
        if (!File.Exists(described))
            throw new LedException($"{folder} does not say what switched it at first. `cat {folder}/trigger` lists what can; write one of them there (on most Pis, mmc0 for ACT).");
        Told(() => Write("trigger", File.ReadAllText(described).TrimEnd('\0')));
    }

    public Action Remember() => Told<Action>(() =>
    {
        var (trigger, brightness) = (Trigger(), Read("brightness"));
        return () => Told(() =>
        {
            Write("trigger", trigger);
            if (trigger == NoTrigger)
                Write("brightness", brightness);
        });
    });

    public void Dispose()
    {
    }

    /// <summary><c>none [mmc0] timer</c>: the one in brackets is at work.</summary>
    private string Trigger()
    {
        var words = Read("trigger").Split(' ');
        return words.FirstOrDefault(word => word is ['[', .., ']'])?[1..^1] ?? NoTrigger;
    }

    private int Number(string file) => int.TryParse(Read(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private string Read(string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();

    // These are not files to be made: sysfs has them, or the LED is none.
    private void Write(string file, string text)
    {
        using var stream = new FileStream(Path.Combine(folder, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private T Told<T>(Func<T> act) => LedException.Told(Place, Permission, act);

    private void Told(Action act) => LedException.Told(Place, Permission, act);
}
