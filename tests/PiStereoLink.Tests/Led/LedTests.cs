using System.Device.Gpio;
using System.Text.Json;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Led;

/// <summary>Each kind of LED, through <c>agent led</c> as it runs, on doubles and temporary folders.</summary>
public class LedTests
{
    private const string Pi2 = "Raspberry Pi 2 Model B Rev 1.1", Pi3 = "Raspberry Pi 3 Model B Rev 1.2", Pi4 = "Raspberry Pi 4 Model B Rev 1.4";

    [Fact]
    public void An_LED_at_a_line_is_switched_and_left_so()
    {
        using var board = new LedFixture(Pi4) { Chip = { Label = "pinctrl-bcm2711" } };
        Assert.Equal((0, "The LED is left to the system: line 17 of gpiochip0."), board.Run("status", "gpio:0:17"));
        Assert.Equal((0, "The LED is on: line 17 of gpiochip0."), board.Run("on", "gpio:0:17"));
        Assert.Equal((0, "The LED is off: line 17 of pinctrl-bcm2711."), board.Run("off", "gpio:pinctrl-bcm2711:17"));
        Assert.Equal((0, "The LED is left to the system: line 17 of gpiochip0."), board.Run("auto", "gpio:gpiochip0:17"));
        Assert.Equal(["17 High", "17 Low", "17 Input"], board.Chip.States);
    }

    [Fact]
    public void An_active_low_LED_is_lit_by_a_low_line()
    {
        using var board = new LedFixture(Pi4);
        Assert.Equal((0, "The LED is on: line 4 of gpiochip0."), board.Run("on", "gpio:0:4:active-low"));
        Assert.Equal((0, "The LED is off: line 4 of gpiochip0."), board.Run("off", "gpio:0:4:active-low"));
        Assert.Equal(["4 Low", "4 High"], board.Chip.States);
    }

    [Fact]
    public void A_kernel_that_lets_the_line_go_is_noticed()
    {
        using var board = new LedFixture(Pi2) { Chip = { KeepsOutputs = false } };
        Assert.Equal((1, ""), board.Run("on"));
    }

    [Theory]
    [InlineData(Pi2, 48)]       // the SD card
    [InlineData(Pi4, 32)]       // Bluetooth; on the Pi 2 the camera's LED
    public void A_line_that_runs_the_board_is_refused(string model, int line)
    {
        using var board = new LedFixture(model);
        var refused = Assert.Throws<LedException>(() => board.Leds.Find(new LedSpec.Gpio("0", line)));
        Assert.Equal($"Line {line} of gpiochip0 is not for LEDs: on {model} lines 0 to 27 lead to the pins, the others to the SD card and other parts of the board.", refused.Message);
    }

    [Fact]
    public void A_line_is_put_back_as_it_was()
    {
        using var board = new LedFixture(Pi2) { Chip = { [32] = (PinMode.Output, PinValue.High) } };
        using var led = board.Leds.Find(new LedSpec.Auto());
        var back = led.Remember();
        led.Light(false);
        back();
        Assert.Equal(["32 Low", "32 High"], board.Chip.States);
    }

    [Fact]
    public void The_board_s_LED_is_taken_from_its_trigger_and_given_back()
    {
        using var board = new LedFixture(Pi4);
        board.SysfsLed("ACT", "none [mmc0] timer\n", 0);
        Assert.Equal((0, $"The LED is left to the system: {board.At("leds/ACT")}."), board.Run("status", "sysfs:ACT"));

        using var led = board.Leds.Find(new LedSpec.Sysfs("ACT"));
        var back = led.Remember();
        led.Light(true);
        Assert.Equal(("none", "255"), (board.Read("leds/ACT/trigger")[..4], board.Read("leds/ACT/brightness").Trim()));
        back();
        Assert.Equal("mmc0", board.Read("leds/ACT/trigger")[..4]);
    }

    [Fact]
    public void An_LED_without_trigger_gets_its_brightness_back()
    {
        using var board = new LedFixture(Pi4);
        board.SysfsLed("ACT", "[none] mmc0\n", 17);
        using var led = board.Leds.Find(new LedSpec.Sysfs("ACT"));
        var back = led.Remember();
        led.Light(false);
        Assert.Equal('0', board.Read("leds/ACT/brightness")[0]);
        back();
        Assert.Equal("17", board.Read("leds/ACT/brightness")[..2]);
    }

    [Fact]
    public void Auto_gives_the_board_s_LED_the_trigger_of_the_device_tree()
    {
        using var board = new LedFixture(Pi4);
        board.SysfsLed("ACT", "[none] mmc0\n", 0);
        using var led = board.Leds.Find(new LedSpec.Sysfs("ACT"));
        Assert.Contains("does not say what switched it at first", Assert.Throws<LedException>(led.Release).Message, StringComparison.Ordinal);
        board.Write("leds/ACT/of_node/linux,default-trigger", "mmc0\0");
        led.Release();
        Assert.Equal("mmc0", board.Read("leds/ACT/trigger")[..4]);
    }

    [Fact]
    public void An_LED_that_is_not_there_is_answered_with_those_that_are()
    {
        using var board = new LedFixture(Pi4);
        board.SysfsLed("PWR", "[none]\n", 0);
        board.SysfsLed("ACT", "[none]\n", 0);
        var none = Assert.Throws<LedException>(() => board.Leds.Find(new LedSpec.Sysfs("led0")));
        Assert.Equal($"There is no LED led0 in {board.At("leds")}: there are ACT, PWR.", none.Message);
    }

    /// <summary>Words as the property interface has them: size, 0, tag, room, 0, values, 0.</summary>
    [Fact]
    public void A_Pi_3_s_firmware_gets_these_words()
    {
        using var board = new LedFixture(Pi3);
        Assert.Equal((0, "The LED is on: the camera's LED, through the firmware. Only the first camera module (V1) has an LED."), board.Run("on"));
        Assert.Equal(1u, board.Firmware.Led);
        Assert.Equal([28, 0, 0x0001_0002, 4, 0, 0, 0], board.Firmware.Messages[0]);
        Assert.Equal([32, 0, 0x0003_8041, 8, 0, 134, 1, 0], board.Firmware.Messages[1]);
        Assert.Equal([32, 0, 0x0003_0041, 8, 0, 134, 0, 0], board.Firmware.Messages[3]);
        Assert.Equal((0, "off"), (board.Run("off").ExitCode, Json(board.Run("status", json: true).Output, "state")));
        Assert.Equal([32, 0, 0x0003_8041, 8, 0, 134, 0, 0], board.Firmware.Writes.Last());
    }

    [Theory]
    [InlineData(0x00C0_3114)]       // Pi 4 B
    [InlineData(0x00A0_20D0 | 0x800000)]    // 3 B Plus: taken
    [InlineData(0x00A0_20A0 | 0x800000)]    // Compute Module 3
    [InlineData(0x0000_0010)]       // the first B Plus, before the new style
    public void The_firmware_has_the_last_word_on_which_board_it_is(uint revision)
    {
        using var board = new LedFixture(Pi3) { Firmware = { BoardRevision = revision } };
        var isPi3 = ((revision >> 4) & 0xFF) == 0x0D;
        Assert.Equal(isPi3 ? 0 : 1, board.Run("off").ExitCode);
        Assert.Equal(isPi3, board.Firmware.Writes.Any());
    }

    [Fact]
    public void Firmware_that_refuses_is_a_failure()
    {
        using var board = new LedFixture(Pi3) { Firmware = { Refuses = true } };
        Assert.Equal((1, ""), board.Run("off"));
    }

    [Fact]
    public void A_file_that_is_no_mailbox_is_a_sentence()
    {
        using var board = new LedFixture(Pi3);
        var leds = new Leds(new LedPlaces { Model = board.At("model") });
        Assert.SkipWhen(File.Exists("/dev/vcio"), "This is a Pi.");
        var missing = Assert.Throws<LedException>(() => leds.Find(new LedSpec.Auto()));
        Assert.StartsWith("The firmware (/dev/vcio) cannot be used: Could not find file", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_txt_gets_one_line_that_counts_on_every_board_and_keeps_the_rest()
    {
        using var board = new LedFixture(Pi3);
        const string before = "# caf\u00e9\ndtparam=audio=on\n[pi4]\narm_boost=1\ndisable_camera_led = 0\n";
        board.Write("boot/firmware/config.txt", before);
        board.Write("boot/config.txt", "DO NOT EDIT THIS FILE\n");

        var (exitCode, output) = board.Run("off", "config-txt");
        Assert.Equal(0, exitCode);
        Assert.StartsWith($"The LED is off: {board.At("boot/firmware/config.txt")}. It counts after a reboot", output, StringComparison.Ordinal);
        Assert.Equal("# caf\u00e9\ndtparam=audio=on\n[pi4]\narm_boost=1\n[all]\ndisable_camera_led=1\n", board.Read("boot/firmware/config.txt"));

        board.Run("off", "config-txt");
        board.Run("on", "config-txt");
        Assert.Equal("# caf\u00e9\ndtparam=audio=on\n[pi4]\narm_boost=1\n[all]\ndisable_camera_led=0\n", board.Read("boot/firmware/config.txt"));
        board.Run("auto", "config-txt");
        Assert.Equal("# caf\u00e9\ndtparam=audio=on\n[pi4]\narm_boost=1\n[all]\n", board.Read("boot/firmware/config.txt"));
        Assert.Equal("DO NOT EDIT THIS FILE\n", board.Read("boot/config.txt"));
        Assert.Equal(["config.txt"], new DirectoryInfo(board.At("boot/firmware")).EnumerateFileSystemInfos().Select(file => file.Name));
    }

    [Fact]
    public void An_older_system_has_config_txt_elsewhere()
    {
        using var board = new LedFixture(Pi2);
        board.Write("boot/config.txt", "start_x=1");
        Assert.Equal(0, board.Run("off", "config-txt").ExitCode);
        Assert.Equal("start_x=1\ndisable_camera_led=1\n", board.Read("boot/config.txt"));
    }

    [Fact]
    public void Status_as_json_says_whether_it_is_possible()
    {
        using var board = new LedFixture(Pi4);
        var (exitCode, output) = board.Run("status", json: true);
        Assert.Equal((0, "unknown"), (exitCode, Json(output, "state")));
        Assert.False(JsonDocument.Parse(output).RootElement.GetProperty("possible").GetBoolean());
        Assert.Equal(Pi4, Json(output, "board"));
    }

    [Theory]
    [InlineData("gpio:0")]
    [InlineData("gpio:0:x")]
    [InlineData("gpio:0:-1")]
    [InlineData("gpio::1")]
    [InlineData("gpio:0:1:active-high")]
    [InlineData("sysfs:")]
    [InlineData("sysfs:../../etc")]
    [InlineData("sysfs:..")]
    [InlineData("sysfs:ACT/../PWR")]
    [InlineData("expander:134")]
    [InlineData("")]
    public void What_is_no_LED_is_not_read_as_one(string text) => Assert.Null(LedSpec.Parse(text));

    private static string? Json(string text, string name) => JsonDocument.Parse(text).RootElement.GetProperty(name).GetString();
}
