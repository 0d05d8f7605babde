namespace PiStereoLink.Agent;

/// <summary>Where LEDs are reached. Tests put folders and lines of their own here.</summary>
public sealed record LedPlaces
{
    public string Model { get; init; } = "/proc/device-tree/model";

    public string Sysfs { get; init; } = "/sys/class/leds";

    public IReadOnlyList<string> ConfigTxt { get; init; } = ["/boot/firmware/config.txt", "/boot/config.txt"];

    public Func<string, int, IGpioLine> OpenLine { get; init; } = GpioLine.Open;

    public Func<IMailbox> OpenMailbox { get; init; } = () => new VcioMailbox("/dev/vcio");
}

/// <summary>Finds the LED that was asked for on this board, or says why not and what else there is.</summary>
public sealed class Leds(LedPlaces places)
{
    private const string OnTheDesk = "Run it on the Pi. An LED of your own can be switched here too: --led gpio:CHIP:LINE or --led sysfs:NAME.";

    private const string OnThePi =
        "Cover the module's LED with tape; for a light of your own, put an LED on a free line (--led gpio:CHIP:LINE) or take one of the board's (--led sysfs:ACT).";

    public Board Board { get; } = Board.Read(places.Model);

    /// <exception cref="LedException">Not possible here, because …</exception>
    public ILed Find(LedSpec wanted) => wanted switch
    {
        LedSpec.None => new NoLed(),
        LedSpec.Gpio line => GpioLed.Open(Board, line, places.OpenLine),
        LedSpec.Sysfs led => new SysfsLed(places.Sysfs, led.Name),
        LedSpec.ConfigTxt => HasCameraLed() ? new ConfigTxtLed(places.ConfigTxt) : throw Impossible(Board.WhyNoCameraLed!),
        LedSpec.Expander => Pi3Expander.Of(Board) is { } expander ? new ExpanderLed(expander, places.OpenMailbox)
            : throw Impossible($"{Board.Name} is not a Pi 3, which alone has it at the firmware's expander."),
        LedSpec.Auto => Camera(),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "Unknown kind of LED."),
    };

    private ILed Camera() =>
        Pi3Expander.Of(Board) is { } expander ? new ExpanderLed(expander, places.OpenMailbox) :
        Board.CameraLedLine is { } line ? GpioLed.Open(Board, new(Board.CameraLedChip, line), places.OpenLine, CameraModules.OnlyTheFirst) :
        throw Impossible(Board.WhyNoCameraLed!);

    private bool HasCameraLed() => Board.WhyNoCameraLed is null || Board.Kind == BoardKind.ComputeModule;

    private LedException Impossible(string because)
    {
        var instead = Board.Kind == BoardKind.NotAPi ? OnTheDesk : $"{CameraModules.OnlyTheFirst} {OnThePi}";
        return new($"The camera's LED cannot be switched here, because {because} {instead}");
    }
}
