using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PiStereoLink.Agent;

/// <summary><c>agent run</c>: the service that takes pictures and sends them until it is stopped.</summary>
internal static class RunCommand
{
    private const string Help = """
        Take pictures and send them to a receiver until stopped.

        Example: the first camera of this Pi, to a receiver on the desk
          agent run --to 192.168.1.20:8000 --camera 0
        Example: without any camera
          agent run --to localhost --camera sim:left --camera sim:right --seconds 10

        Every setting can also stand in appsettings.json, section Agent, or in the environment, as PISTEREOLINK_Agent__To;
        the command line wins over the environment, the environment over the file.
        """;

    public static Command Create(Action<HostApplicationBuilder> addFeatures)
    {
        var command = new Command("run", Help);
        foreach (var setting in AgentSettings.All)
            command.Options.Add(setting.Option);
        foreach (var option in AgentSettings.Pictures.Options)
            command.Options.Add(option);
        command.SetAction((parsed, _) => RunAsync(parsed, addFeatures));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Action<HostApplicationBuilder> addFeatures)
    {
        Native.StopIgnoringInterrupt();
        InlineCompletions.TurnOn();
        try
        {
            // Nothing of the defaults: they watch the working directory for changed settings.
            var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
            builder.AddAgent(parsed);
            addFeatures(builder);
            using var host = builder.Build();
            var (agent, tally) = (host.Services.GetRequiredService<AgentService>(), host.Services.GetRequiredService<Tally>());
            agent.Prepare();
            await host.RunAsync();
            Console.Out.WriteLine(tally.ToJson());
            return agent.ExecuteTask is { IsFaulted: true } ? CommandLine.Failed : CommandLine.Done;
        }
        catch (OptionsValidationException e)
        {
            return CommandLine.Say(CommandLine.WrongUsage, string.Join(' ', e.Failures));
        }
        catch (SettingException e)
        {
            return CommandLine.Say(CommandLine.WrongUsage, e.Message);
        }
        catch (Exception e) when (e is CameraException or StateException)
        {
            return CommandLine.Say(CommandLine.Failed, e.Message);
        }
    }
}
