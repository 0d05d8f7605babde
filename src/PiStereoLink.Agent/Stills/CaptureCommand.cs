using System.CommandLine;

namespace PiStereoLink.Agent;

/// <summary><c>agent capture</c>: one still.</summary>
internal static class CaptureCommand
{
    private const string Help = """
        Take one picture.

        Example: the first camera, full size
          agent capture -o garden.jpg
        Example: one minute of night sky
          agent capture -o sky.jpg --shutter 60000000 --gain 4 --awbgains 2,1.6
        Example: two Pis that are to expose alike; copy light.json to the second one
          agent capture -o left.jpg --freeze light.json
          agent capture -o right.jpg --frozen light.json

        Settings of pictures can also stand in appsettings.json, section Agent, or in the environment, as PISTEREOLINK_Agent__Shutter.
        """;

    public static Command Create()
    {
        var command = new Command("capture", Help);
        foreach (var option in CaptureOptions.All)
            command.Options.Add(option);
        command.SetAction((parsed, _) => CommandLine.RunOnceAsync(stopping => RunAsync(parsed, stopping), "Stopped before the picture was taken."));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        var options = CaptureOptions.Read(parsed, AgentFeature.Configuration());
        var taken = await new Capture(options, TimeProvider.System).TakeAsync(stopping);
        if (options.Json)
            Console.Out.WriteLine(taken.ToJson());
        else if (options.Output != "-")
            Console.Out.WriteLine(taken.ToText());
        return CommandLine.Done;
    }
}
