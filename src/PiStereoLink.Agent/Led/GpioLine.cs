using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Globalization;

namespace PiStereoLink.Agent;

/// <summary>One line of a GPIO chip.</summary>
public interface IGpioLine : IDisposable
{
    /// <summary>The chip's kind, such as <c>pinctrl-bcm2835</c>.</summary>
    string ChipLabel { get; }

    /// <summary>Looks, and changes nothing.</summary>
    PinMode Mode { get; }

    PinValue Read();

    /// <summary>Makes it an output with this value from the first instant.</summary>
    void Drive(PinValue value);

    /// <summary>Makes it an input.</summary>
    void LetGo();
}

/// <summary>A line through System.Device.Gpio. The line itself is opened when it is first used, so a chip can be looked at before.</summary>
internal sealed class GpioLine : IGpioLine
{
    private readonly GpioController controller;
    private readonly int line;
    private bool driving;

    private GpioLine(GpioDriver driver, int line)
    {
        (this.line, controller) = (line, new GpioController(driver));
        ChipLabel = driver.GetChipInfo().Label;
    }

    public string ChipLabel { get; }

    public PinMode Mode => Opened().GetPinMode(line);

    /// <param name="chip">Its number, its name (<c>gpiochip0</c>) or its label (<c>pinctrl-rp1</c>).</param>
    /// <param name="line">The line's number on the chip.</param>
    public static IGpioLine Open(string chip, int line)
    {
        var number = chip.StartsWith("gpiochip", StringComparison.Ordinal) ? chip["gpiochip".Length..] : chip;
        return new GpioLine(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Driver(index) : Labelled(chip), line);
    }

    public PinValue Read() => Opened().Read(line);

    public void Drive(PinValue value)
    {
        if (driving)
        {
            controller.Write(line, value);
            return;
        }
        // Only opening anew takes a first value; without it an LED that is active when low would flash.
        if (controller.IsPinOpen(line))
            controller.ClosePin(line);
        controller.OpenPin(line, PinMode.Output, value);
        driving = true;
    }

    public void LetGo()
    {
        Opened().SetPinMode(line, PinMode.Input);
        driving = false;
    }

    public void Dispose() => controller.Dispose();

    private GpioController Opened()
    {
        if (!controller.IsPinOpen(line))
            controller.OpenPin(line);
        return controller;
    }

    /// <summary>The package has a driver for each version of libgpiod, and says at construction whether its library is there.</summary>
    private static GpioDriver Driver(int chip)
    {
        if (!File.Exists($"/dev/gpiochip{chip}"))
            throw new IOException($"there is no /dev/gpiochip{chip}{There()}");
        try
        {
            return new LibGpiodDriver(chip);
        }
        catch (Exception e) when (e is PlatformNotSupportedException or DllNotFoundException)
        {
            return new LibGpiodV2Driver(chip);
        }
    }

    /// <summary>A chip's number can change with the kernel (on the Pi 5 it did), its label does not.</summary>
    private static GpioDriver Labelled(string label)
    {
        foreach (var chip in Chips())
        {
            var driver = Driver(chip);
            if (driver.GetChipInfo().Label == label)
                return driver;
            driver.Dispose();
        }
        throw new IOException($"no GPIO chip is called {label}{There()}");
    }

    private static string There()
    {
        var chips = Chips().ToList();
        return chips.Count == 0 ? "; this machine has no GPIO chips." : $"; there are {string.Join(", ", chips.Select(chip => $"gpiochip{chip}"))}.";
    }

    private static IEnumerable<int> Chips() => Directory.EnumerateFiles("/dev", "gpiochip*")
        .Select(path => int.TryParse(path["/dev/gpiochip".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var chip) ? chip : -1)
        .Where(chip => chip >= 0)
        .Order();
}
