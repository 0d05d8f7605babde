using System.Device.Gpio;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Led;

/// <summary>A board of the test's own: its files in a folder, its lines and its firmware in memory.</summary>
internal sealed class LedFixture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pistereolink-led-");

    public LedFixture(string model)
    {
        File.WriteAllText(At("model"), model + "\0");
        Leds = new Leds(new LedPlaces
        {
            Model = At("model"),
            Sysfs = At("leds"),
            ConfigTxt = [At("boot/firmware/config.txt"), At("boot/config.txt")],
            OpenLine = Chip.Open,
            OpenMailbox = () => Firmware,
        });
    }

    public Leds Leds { get; }

    public RecordingChip Chip { get; } = new();

    public RecordingFirmware Firmware { get; } = new();

    public string At(string path) => Path.Combine(folder.FullName, path);

    public string Read(string path) => File.ReadAllText(At(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>An LED as sysfs shows it. The kernel would answer a written trigger with brackets; a file keeps what is written.</summary>
    public void SysfsLed(string name, string trigger, int brightness)
    {
        Write($"leds/{name}/trigger", trigger);
        Write($"leds/{name}/brightness", $"{brightness}\n");
        Write($"leds/{name}/max_brightness", "255\n");
    }

    /// <summary>Runs <c>agent led</c> here; the exit code and the line on stdout.</summary>
    public (int ExitCode, string Output) Run(string what, string led = "auto", bool json = false)
    {
        using var output = new StringWriter();
        var exitCode = LedCommand.Run(Leds, what, LedSpec.Parse(led)!, json, output);
        return (exitCode, output.ToString().TrimEnd());
    }

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>A chip whose lines record what is done to them.</summary>
internal sealed class RecordingChip
{
    private readonly Dictionary<int, (PinMode Mode, PinValue Value)> lines = [];

    public string Label { get; set; } = "pinctrl-bcm2835";

    /// <summary>A Raspberry Pi kernel leaves an output as it is when nobody holds it any more.</summary>
    public bool KeepsOutputs { get; set; } = true;

    public List<string> States { get; } = [];

    public (PinMode Mode, PinValue Value) this[int line]
    {
        get => lines.GetValueOrDefault(line, (PinMode.Input, PinValue.Low));
        set => lines[line] = value;
    }

    public IGpioLine Open(string chip, int line) => new RecordingLine(this, line);

    private sealed class RecordingLine(RecordingChip chip, int line) : IGpioLine
    {
        public string ChipLabel => chip.Label;

        public PinMode Mode => chip[line].Mode;

        public PinValue Read() => chip[line].Value;

        public void Drive(PinValue value) => Become(PinMode.Output, value);

        public void LetGo() => Become(PinMode.Input, PinValue.Low);

        public void Dispose()
        {
            if (!chip.KeepsOutputs)
                chip[line] = (PinMode.Input, PinValue.Low);
        }

        private void Become(PinMode mode, PinValue value)
        {
            chip[line] = (mode, value);
            chip.States.Add(mode == PinMode.Output ? $"{line} {value}" : $"{line} {mode}");
        }
    }
}

/// <summary>Firmware that keeps every message as it came and answers like a Pi 3's.</summary>
internal sealed class RecordingFirmware : IMailbox
{
    public const uint Revision = 0x00A0_2082;       // a Pi 3 Model B

    public uint BoardRevision { get; set; } = Revision;

    public uint Led { get; private set; }

    public bool Refuses { get; set; }

    public List<uint[]> Messages { get; } = [];

    /// <summary>Only the messages that change something.</summary>
    public IEnumerable<uint[]> Writes => Messages.Where(message => (message[2] & 0x8000) != 0);

    public void Exchange(Span<uint> message)
    {
        Messages.Add(message.ToArray());
        message[1] = 0x8000_0000;
        message[4] = 0x8000_0000 | message[3];
        switch (message[2])
        {
            case 0x0001_0002:
                message[5] = BoardRevision;
                break;
            case 0x0003_0041:
                (message[5], message[6]) = (Refuses ? 1u : 0u, Led);
                break;
            case 0x0003_8041:
                (message[5], Led) = (Refuses ? 1u : 0u, message[6]);
                break;
        }
    }

    public void Dispose()
    {
    }
}
