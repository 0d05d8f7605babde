using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using static Microsoft.Extensions.Options.Options;

namespace PiStereoLink.Agent;

/// <summary>Keeps the LED off while a verb takes stills, if that is wanted; where it is not possible, that is said once on stderr.</summary>
internal sealed class StillLed : IDisposable
{
    private readonly ILoggerFactory log = LoggerFactory.Create(logging =>
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    private readonly CaptureLed led;
    private readonly TimeProvider time;

    public StillLed(AgentOptions options, TimeProvider time)
    {
        this.time = time;
        led = new CaptureLed(Create(options), new Leds(new LedPlaces()), log.CreateLogger<CaptureLed>());
    }

    public Task<Still> WhileAsync(Func<Task<Still>> take) => led.KeepOffAsync(take, time);

    /// <summary>Makes it as it was.</summary>
    public void Dispose()
    {
        led.Dispose();
        log.Dispose();
    }
}

/// <summary>The LED's options of a verb that takes stills; in the file and the environment they are those of <c>agent run</c>.</summary>
internal sealed class StillLedOptions
{
    private static readonly AgentOptions Defaults = new();

    private readonly Option<string> led = new("--led") { HelpName = "keep|off", Description = $"The camera's LED while pictures are taken ({Defaults.Led})." };
    private readonly Option<string> device = new("--led-device") { HelpName = "LED", Description = $"Which LED, as `agent led --help` lists them ({Defaults.LedDevice})." };

    public IEnumerable<Option> All => [led, device];

    /// <exception cref="SettingException">What is not allowed, in a sentence.</exception>
    public AgentOptions Read(ParseResult parsed, IConfigurationSection agent)
    {
        var options = new AgentOptions
        {
            Led = parsed.GetValue(led) ?? agent[nameof(AgentOptions.Led)] ?? Defaults.Led,
            LedDevice = parsed.GetValue(device) ?? agent[nameof(AgentOptions.LedDevice)] ?? Defaults.LedDevice,
        };
        var wrong = string.Join(' ', LedSettings.Problems(options));
        return wrong.Length == 0 ? options : throw new SettingException(wrong);
    }
}
