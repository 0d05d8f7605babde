using System.CommandLine;

namespace PiStereoLink.Agent;

/// <summary><c>agent led</c>: switches the camera's LED, or another one, and says what is possible on this board.</summary>
public static class LedCommand
{
    private const string Help = """
        Switch the camera's LED, or another one, and leave it so.

        Example: what is possible on this board, and how it is now
          agent led status
        Example: an LED with its resistor at pin 11, line 17 (the chip is pinctrl-bcm2711 on a Pi 4, pinctrl-rp1 on a Pi 5)
          agent led on --led gpio:pinctrl-bcm2835:17
        Example: the board's green LED
          sudo agent led off --led sysfs:ACT

        auto leaves the LED to the kernel or the firmware again. Only the first camera module (V1) has an LED; the Pi 4, the Pi 5 and the
        Zero 2 W cannot reach it.
        """;

    internal static Command Create()
    {
        var what = What();
        var which = Which();
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("led", Help) { what, which, json };
        command.SetAction(parsed => Run(new Leds(new LedPlaces()), parsed.GetValue(what)!, parsed.GetValue(which) ?? new LedSpec.Auto(), parsed.GetValue(json), Console.Out));
        return command;
    }

    /// <summary>Does it; the exit code.</summary>
    public static int Run(Leds leds, string what, LedSpec wanted, bool json, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(leds);
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            if (what != "status")
                Switch(leds, what, wanted);
            Print(Look(leds, wanted), json, output);
            return CommandLine.Done;
        }
        catch (LedException e) when (what == "status")
        {
            // That it is impossible is the answer to the question.
            Print(new(leds.Board.Name, false, null, LedState.Unknown, e.Message), json, output);
            return CommandLine.Done;
        }
        catch (LedException e)
        {
            return CommandLine.Say(CommandLine.Failed, e.Message);
        }
    }

    /// <summary>Switches, lets go, and looks again: what ends with this program was not done.</summary>
    private static void Switch(Leds leds, string what, LedSpec wanted)
    {
        using (var led = leds.Find(wanted))
        {
            if (what == "auto")
                led.Release();
            else
                led.Light(what == "on");
        }
        using var after = leds.Find(wanted);
        var (state, asked) = (after.State, what == "off" ? LedState.Off : LedState.On);
        if (what != "auto" && state != asked && after is not (NoLed or ConfigTxtLed))
            throw new LedException($"The LED did not stay {what}: {after.Place}. {after.WhenNotKept}");
    }

    private static LedReport Look(Leds leds, LedSpec wanted)
    {
        using var led = leds.Find(wanted);
        return LedReport.Of(leds.Board, led);
    }

    private static void Print(LedReport report, bool json, TextWriter output) => output.WriteLine(json ? report.ToJson() : report.Message);

    private static Argument<string> What() => new("on|off|auto|status")
    {
        Description = "What to do with it.",
        CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            if (word is not ("on" or "off" or "auto" or "status"))
                result.AddError($"'{word}' cannot be done with an LED: on, off, auto or status can.");
            return word;
        },
    };

    // run has the same choice under the second name, since its --led says what to do.
    private static Option<LedSpec> Which() => new("--led", "--led-device")
    {
        HelpName = LedSpec.Allowed,
        Description = "Which LED (auto: the camera's, where this board has it).",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var spec = LedSpec.Parse(text);
            if (spec is null)
                result.AddError($"--led '{text}' is no LED: {LedSpec.Allowed} is.");
            return spec;
        },
    };
}
