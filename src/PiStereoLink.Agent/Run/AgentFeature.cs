using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace PiStereoLink.Agent;

/// <summary>A setting from the file or the environment that cannot be read at all.</summary>
internal sealed class SettingException(string message) : Exception(message);

/// <summary>The host around the features: settings, logs, and the service that ties cameras to links.</summary>
internal static class AgentFeature
{
    /// <summary>What the environment's settings begin with: <c>PISTEREOLINK_Agent__To</c>.</summary>
    private const string EnvironmentPrefix = "PISTEREOLINK_";

    public static void AddAgent(this HostApplicationBuilder builder, ParseResult parsed)
    {
        AddConfiguration(builder.Configuration);
        AddLogging(builder.Logging, builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>();
        builder.Services.AddOptions<AgentOptions>()
            .Configure<IConfiguration>(Bind)
            .Configure(options => AgentSettings.Apply(parsed, options))
            .Configure(Pairing.Apply)
            .Configure<IConfiguration>((options, configuration) => options.Pictures = AgentSettings.Pictures.Read(
                parsed, configuration, options.Mode == AgentOptions.TimelapseMode ? PictureSettings.Still : null))
            .ValidateOnStart();
        builder.Services.AddHostedService<StatusReport>();     // before the agent, so that it is stopped after it
        builder.Services.AddSingleton<AgentService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AgentService>());

        // Camera programs get seconds to stop, the link gets --drain; both are bounded where they happen.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
    }

    /// <summary>The settings of a verb that needs no host around it.</summary>
    public static IConfiguration Configuration()
    {
        var configuration = new ConfigurationManager();
        configuration.SetBasePath(AppContext.BaseDirectory);
        AddConfiguration(configuration);
        return configuration;
    }

    private static void AddConfiguration(IConfigurationManager configuration)
    {
        try
        {
            configuration.AddJsonFile("appsettings.json", optional: true, reloadOnChange: false);
        }
        catch (InvalidDataException e)
        {
            throw new SettingException($"{Path.Combine(AppContext.BaseDirectory, "appsettings.json")} cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
        configuration.AddEnvironmentVariables(EnvironmentPrefix);
    }

    private static void Bind(AgentOptions options, IConfiguration configuration)
    {
        try
        {
            configuration.GetSection(AgentOptions.Section).Bind(options);
        }
        catch (InvalidOperationException e)     // "Failed to convert configuration value 'wide' at 'Agent:Width' to type 'System.Int32'."
        {
            throw new SettingException(e.Message);
        }
    }

    /// <summary>stdout belongs to the result; every log line goes to stderr.</summary>
    private static void AddLogging(ILoggingBuilder logging, ConfigurationManager configuration)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
