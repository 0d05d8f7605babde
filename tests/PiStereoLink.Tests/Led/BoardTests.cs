using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Led;

public class BoardTests
{
    private const int None = -1, Expander = -2;

    /// <summary>Models as device trees name them, the Raspberry Pi kernel's first, and where the camera's LED is on them.</summary>
    public static TheoryData<string, BoardKind, int> Boards => new()
    {
        { "Raspberry Pi Model A Rev 2", BoardKind.Pi1, 5 },
        { "Raspberry Pi Model B Rev 1", BoardKind.Pi1, 5 },
        { "Raspberry Pi Model B Rev 2", BoardKind.Pi1, 5 },
        { "Raspberry Pi Model A Plus Rev 1.1", BoardKind.Pi1Plus, 32 },
        { "Raspberry Pi Model B Plus Rev 1.2", BoardKind.Pi1Plus, 32 },
        { "Raspberry Pi Model B+", BoardKind.Pi1Plus, 32 },
        { "Raspberry Pi 2 Model B Rev 1.1", BoardKind.Pi2, 32 },
        { "Raspberry Pi Zero Rev 1.3", BoardKind.Zero, 32 },
        { "Raspberry Pi Zero W Rev 1.1", BoardKind.ZeroW, 40 },
        { "Raspberry Pi 3 Model B Rev 1.2", BoardKind.Pi3, Expander },
        { "Raspberry Pi 3 Model B Plus Rev 1.3", BoardKind.Pi3, Expander },
        { "Raspberry Pi 3 Model A Plus Rev 1.0", BoardKind.Pi3, Expander },
        { "Raspberry Pi 3 Model B+", BoardKind.Pi3, Expander },
        { "Raspberry Pi Zero 2 W Rev 1.0", BoardKind.Zero2W, None },
        { "Raspberry Pi 4 Model B Rev 1.4", BoardKind.Pi4, None },
        { "Raspberry Pi 400 Rev 1.0", BoardKind.Pi4, None },
        { "Raspberry Pi 5 Model B Rev 1.0", BoardKind.Pi5, None },
        { "Raspberry Pi 500 Rev 1.0", BoardKind.Pi5, None },
        { "Raspberry Pi Compute Module 3 Rev 1.0", BoardKind.ComputeModule, None },
        { "Raspberry Pi Compute Module 3 Plus Rev 1.0", BoardKind.ComputeModule, None },
        { "Raspberry Pi Compute Module 4 Rev 1.1", BoardKind.ComputeModule, None },
        { "Raspberry Pi Compute Module 5 Rev 1.0", BoardKind.ComputeModule, None },
        { "Raspberry Pi 3", BoardKind.UnknownPi, None },
        { "Raspberry Pi 6 Model B", BoardKind.UnknownPi, None },
        { "Radxa ROCK 3 Model B", BoardKind.NotAPi, None },
        { "", BoardKind.NotAPi, None },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void Each_board_has_the_camera_LED_where_it_has_it_and_nowhere_else(string model, BoardKind kind, int led)
    {
        using var board = new LedFixture(model);
        Assert.Equal(kind, board.Leds.Board.Kind);

        var (exitCode, _) = board.Run("off");

        Assert.Equal(led == None ? 1 : 0, exitCode);
        Assert.Equal(led >= 0 ? [$"{led} Low"] : [], board.Chip.States);
        Assert.Equal(led == Expander, board.Firmware.Writes.Any());
    }

    /// <summary>On a Pi 4 the same message would cut the SD card's power.</summary>
    [Theory]
    [MemberData(nameof(Boards))]
    public void No_way_leads_to_the_expander_but_on_a_Pi_3(string model, BoardKind kind, int led)
    {
        using var board = new LedFixture(model);
        Assert.Equal(kind == BoardKind.Pi3, Pi3Expander.Of(board.Leds.Board) is not null);
        Assert.Empty(typeof(Pi3Expander).GetConstructors());

        foreach (var spec in new[] { "auto", "expander", "none", "sysfs:ACT", "config-txt", "gpio:0:6", "gpio:0:134" })
            foreach (var what in new[] { "on", "off", "auto", "status" })
                board.Run(what, spec);

        if (led != Expander)
            Assert.Empty(board.Firmware.Messages);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_expander_s_lines_are_not_GPIO_lines_for_LEDs_on_any_board(string model, BoardKind kind, int led)
    {
        _ = (kind, led);
        using var board = new LedFixture(model);
        foreach (var label in new[] { "raspberrypi-exp-gpio", "gpio-brcmstb@7d508500" })
        {
            board.Chip.Label = label;
            Assert.Equal(1, board.Run("on", "gpio:1:6").ExitCode);
        }
        Assert.Empty(board.Chip.States);
    }

    [Theory]
    [InlineData("Raspberry Pi 4 Model B Rev 1.4", "Raspberry Pi 4 Model B Rev 1.4 has no line for it: its camera connector can only be powered on and off.")]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0", "Raspberry Pi 5 Model B Rev 1.0 is not known to have a line for it.")]
    [InlineData("Raspberry Pi Zero 2 W Rev 1.0", "Raspberry Pi Zero 2 W Rev 1.0 does not wire it.")]
    [InlineData("Raspberry Pi Compute Module 4 Rev 1.1", "on Raspberry Pi Compute Module 4 Rev 1.1 the board around the module decides where its line goes.")]
    [InlineData("Raspberry Pi 6 Model B", "Raspberry Pi 6 Model B is a board that this version does not know.")]
    public void What_is_not_possible_says_why_and_what_there_is_instead(string model, string because)
    {
        using var board = new LedFixture(model);
        var refused = Assert.Throws<LedException>(() => board.Leds.Find(new LedSpec.Auto()));
        Assert.Equal(
            $"The camera's LED cannot be switched here, because {because} Only the first camera module (V1) has an LED. " +
            "Cover the module's LED with tape; for a light of your own, put an LED on a free line (--led gpio:CHIP:LINE) or take one of the board's (--led sysfs:ACT).",
            refused.Message);
        Assert.Equal((0, refused.Message), board.Run("status"));
    }

    [Fact]
    public void A_machine_without_a_device_tree_is_no_Pi() =>
        Assert.Equal((BoardKind.NotAPi, "this machine"), (Board.Read("/no/such/file").Kind, Board.Read("/no/such/file").Name));
}
