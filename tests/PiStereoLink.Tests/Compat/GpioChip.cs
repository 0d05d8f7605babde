using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Globalization;

namespace PiStereoLink.Tests.Compat;

/// <summary>
/// A real chip of this machine. Only a gpio-sim chip is written to, since what hangs on the lines of another one nobody knows:
/// PISTEREOLINK_TEST_GPIO says which and where the kernel shows its line's value, as CHIP:LINE:/sys/devices/.../sim_gpioLINE.
/// </summary>
public class GpioChip
{
    [Fact]
    public void A_chip_tells_its_name_and_its_lines()
    {
        var chip = Enumerable.Range(0, 32).FirstOrDefault(number => File.Exists($"/dev/gpiochip{number}"), -1);
        Assert.SkipWhen(chip < 0, "This machine has no /dev/gpiochip*.");
        using var driver = new LibGpiodDriver(chip);
        var info = driver.GetChipInfo();
        Assert.Equal((chip, $"gpiochip{chip}"), (info.Id, info.Name));
        Assert.NotEmpty(info.Label);
        using var controller = new GpioController(driver);
        Assert.Equal(info.NumLines, controller.PinCount);
    }

    [Fact]
    public void An_output_shows_at_the_line()
    {
        var (chip, line, observer) = Simulated();
        using (var controller = new GpioController(new LibGpiodDriver(chip)))
        {
            using var pin = controller.OpenPin(line, PinMode.Output, PinValue.High);
            Assert.Equal((PinMode.Output, PinValue.High, "1"), (pin.GetPinMode(), pin.Read(), Value(observer)));
            pin.Write(PinValue.Low);
            Assert.Equal((PinValue.Low, "0"), (pin.Read(), Value(observer)));
            pin.Write(PinValue.High);
            pin.SetPinMode(PinMode.Input);
            Assert.Equal(PinMode.Input, pin.GetPinMode());
            Assert.Throws<InvalidOperationException>(() => pin.Write(PinValue.High));
        }
        using var again = new GpioController(new LibGpiodV2Driver(chip));
        Assert.Equal(PinMode.Input, again.OpenPin(line).GetPinMode());
    }

    [Fact]
    public void An_input_follows_its_pull()
    {
        var (chip, line, observer) = Simulated();
        using var controller = new GpioController(new LibGpiodDriver(chip));
        var pin = controller.OpenPin(line, PinMode.Input);
        File.WriteAllText(Path.Combine(observer, "pull"), "pull-up");
        Assert.Equal(PinValue.High, pin.Read());
        File.WriteAllText(Path.Combine(observer, "pull"), "pull-down");
        Assert.Equal(PinValue.Low, pin.Read());
    }

    [Fact]
    public void A_line_in_use_names_who_has_it_and_can_still_be_looked_at()
    {
        var (chip, line, _) = Simulated();
        using var first = new GpioController(new LibGpiodDriver(chip));
        first.OpenPin(line, PinMode.Output, PinValue.Low);
        using var second = new GpioController(new LibGpiodDriver(chip));
        var busy = Assert.Throws<IOException>(() => second.OpenPin(line, PinMode.Output));
        Assert.Contains($"line {line} is in use by PiStereoLink", busy.Message, StringComparison.Ordinal);
        Assert.Equal(PinMode.Output, second.OpenPin(line).GetPinMode());
    }

    [Fact]
    public void A_line_that_the_chip_does_not_have_is_an_error()
    {
        var (chip, _, _) = Simulated();
        using var controller = new GpioController(new LibGpiodDriver(chip));
        var none = Assert.Throws<IOException>(() => controller.OpenPin(controller.PinCount));
        Assert.Contains($"line {controller.PinCount} is outside 0..{controller.PinCount - 1}", none.Message, StringComparison.Ordinal);
        Assert.False(controller.IsPinOpen(controller.PinCount));
    }

    [Fact]
    public void A_chip_that_is_not_there_is_an_error() =>
        Assert.ThrowsAny<IOException>(() => new LibGpiodDriver(99));

    private static (int Chip, int Line, string Observer) Simulated()
    {
        var given = Environment.GetEnvironmentVariable("PISTEREOLINK_TEST_GPIO");
        Assert.SkipWhen(given is null, "PISTEREOLINK_TEST_GPIO names no gpio-sim chip.");
        var parts = given.Split(':', 3);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }

    private static string Value(string observer) => File.ReadAllText(Path.Combine(observer, "value")).Trim();
}
