using System.CommandLine;
using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.Remote;
using PiStereoLink.Receiver.View;
using PiStereoLink.Receiver.Web;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver view</c>: a desktop window with a rig of a running receiver, and sliders for the matcher.</summary>
internal sealed class ViewCommand : Command
{
    private readonly Option<string> rig = new("--rig") { Description = "Which rig of the running receiver.", HelpName = "NAME", Required = true };
    private readonly Option<string?> from = new("--from") { Description = "The receiver's pages, with the key that its log shows if it has one. [default: the receiver that runs on this machine]", HelpName = "URL" };
    private readonly Option<string?> matcher = new("--matcher") { Description = $"The matcher: {string.Join(" or ", MatcherParameters.Matchers)}. [default: {StereoBmParameters.Name}]" };
    private readonly Option<FileInfo?> preset = new("--preset") { Description = "Begin with the matcher and parameters of this file.", HelpName = "FILE.json" };
    private readonly Option<FileInfo?> savePreset = new("--save-preset") { Description = "At the end, write what the sliders say to this file.", HelpName = "FILE.json" };
    private readonly Option<string> folder = new("--out") { Description = "Where s saves pictures, disparity, view and preset.", HelpName = "DIR", DefaultValueFactory = _ => "." };
    private readonly Option<string?> state = new("--state") { Description = "Folder of what the receiver remembers; the same as that of receiver serve.", HelpName = "DIR" };

    public ViewCommand()
        : base("view", """
            Open a window with a rig's left and right picture, both rectified, and the disparity, with a slider for each of the matcher's parameters.
            q or Esc quits, s saves the pictures, the disparity and a preset of the sliders.

            Example:
              receiver view --rig garden --save-preset garden.json
            """)
    {
        foreach (var option in new Option[] { rig, from, matcher, preset, savePreset, folder, state })
            Options.Add(option);
        SetAction((parsed, cancellationToken) => Task.FromResult(DepthWork.Run(() => Show(parsed, cancellationToken))));
    }

    // Not async: a window belongs to the thread that opened it, and on macOS that must be the first one.
    private int Show(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(rig)!;
        var parameters = Begin(parsed);
        using var receiver = new RemoteReceiver(parsed.GetValue(from) ?? HereAt(parsed.GetValue(state)));
        var calibration = receiver.CalibrationAsync(name, cancellationToken).GetAwaiter().GetResult();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var newest = Channel.CreateBounded<ViewedPair>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var fetching = FetchAsync(receiver, name, newest.Writer, end.Token);

        parameters = new ViewWindow($"PiStereoLink {name}", newest.Reader, calibration, parsed.GetValue(folder)!)
            .Run(parameters, saved => Console.Error.WriteLine($"Saved {saved}-left.jpg, -right.jpg, -disparity, -view.png, -preset.json."), end.Token);
        end.Cancel();
        fetching.GetAwaiter().GetResult();
        if (parsed.GetValue(savePreset) is { } file)
            DurableFile.Write(file.FullName, MatcherPreset.Write(parameters));
        return 0;
    }

    private MatcherParameters Begin(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(preset) is { } file ? MatcherPreset.Load(file.FullName) : MatcherParameters.Defaults(parsed.GetValue(matcher) ?? StereoBmParameters.Name);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>Where the pages of this machine's receiver are.</summary>
    /// <exception cref="IOException">None runs.</exception>
    private static string HereAt(string? state)
    {
        var folder = state ?? ReceiverSettings.FromFileAndEnvironment().State ?? StateFolder.Default;
        return StateFolder.RunningIn(folder)?.Web
            ?? throw new IOException($"No receiver runs with the state folder {folder}. Start one with receiver serve --rig NAME=LEFT,RIGHT, or name one elsewhere with --from http://HOST:8080.");
    }

    private static async Task FetchAsync(RemoteReceiver receiver, string rig, ChannelWriter<ViewedPair> newest, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            await foreach (var disparity in receiver.SubscribeAsync(rig, every: 1, DisparitySubscription.Taken, cancellationToken).ConfigureAwait(false))
                newest.TryWrite(new ViewedPair(disparity.FileName, disparity.Pictures[0], disparity.Pictures[1]));
            fault = new IOException("The receiver has ended the subscription. It stops, or was restarted: try again.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The window was closed.
        }
        catch (IOException e)
        {
            fault = e;
        }
        newest.TryComplete();
        if (fault is not null && !cancellationToken.IsCancellationRequested)
            throw fault;
    }
}
