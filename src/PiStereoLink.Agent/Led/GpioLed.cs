using System.Device.Gpio;

namespace PiStereoLink.Agent;

/// <summary>An LED at a GPIO line: the camera's on older boards, or one of the user's own.</summary>
internal sealed class GpioLed : ILed
{
    private const string Permission = "Join the group gpio: `sudo usermod -aG gpio $USER`, then log out and in again.";

    private readonly IGpioLine line;
    private readonly bool activeLow;

    private GpioLed(IGpioLine line, string place, bool activeLow, string note) =>
        (this.line, Place, this.activeLow, Note) = (line, place, activeLow, note);

    public string Place { get; }

    public string Note { get; }

    // The kernel promises nothing about a line that nobody holds. Raspberry Pi OS leaves an output as it is
    // (https://github.com/raspberrypi/linux/pull/6117), other kernels make it an input.
    public string WhenNotKept => "This kernel lets a line go when its program ends. `agent run --led off` holds it while it runs; or load the driver with persist_gpio_outputs=y.";

    public LedState State => Told(() => line.Mode != PinMode.Output ? LedState.Auto : IsLit(line.Read()) ? LedState.On : LedState.Off);

    /// <summary>The line for the user's choice, if this board has it for LEDs.</summary>
    public static GpioLed Open(Board board, LedSpec.Gpio wanted, Func<string, int, IGpioLine> open, string note = "")
    {
        var place = $"line {wanted.Line} of {(char.IsAsciiDigit(wanted.Chip[0]) ? "gpiochip" : "")}{wanted.Chip}";
        var line = LedException.Told(place, Permission, () => open(wanted.Chip, wanted.Line));
        if (Refusal(board, line.ChipLabel, wanted.Line) is not { } why)
            return new(line, place, wanted.ActiveLow, note);
        line.Dispose();
        throw new LedException($"{char.ToUpperInvariant(place[0])}{place[1..]} is not for LEDs: {why}");
    }

    public void Light(bool lit) => Told(() => line.Drive(lit != activeLow));

    public void Release() => Told(line.LetGo);

    public Action Remember()
    {
        try
        {
            var was = State;
            return was is LedState.On or LedState.Off ? () => Light(was == LedState.On) : Release;
        }
        catch (LedException)
        {
            return Release;     // libgpiod 1 cannot read an output that it does not hold
        }
    }

    public void Dispose() => line.Dispose();

    /// <summary>Lines that run the board itself. A wrong number must not cost somebody the file system.</summary>
    private static string? Refusal(Board board, string chipLabel, int line)
    {
        // raspberrypi-exp-gpio up to the Pi 4, gpio-brcmstb on the Pi 5
        if (chipLabel.Contains("exp-gpio", StringComparison.Ordinal) || chipLabel.Contains("brcmstb", StringComparison.Ordinal))
            return "this chip switches the board's own parts, on some boards the SD card's power. On a Pi 3, --led expander is the camera's LED.";
        if (!chipLabel.StartsWith("pinctrl-", StringComparison.Ordinal) || board.HasOnHeader(line) || board.CameraLedLine == line)
            return null;
        return $"on {board.Name} lines 0 to 27 lead to the pins, the others to the SD card and other parts of the board.";
    }

    private bool IsLit(PinValue value) => (value == PinValue.High) != activeLow;

    private T Told<T>(Func<T> act) => LedException.Told(Place, Permission, act);

    private void Told(Action act) => LedException.Told(Place, Permission, act);
}
