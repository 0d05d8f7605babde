using System.CommandLine;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using PiStereoLink.Protocol;
using PiStereoLink.Receiver.View;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary><c>receiver view</c>: a desktop window with a camera of this machine or a rig of a running receiver, and sliders for the matcher.</summary>
internal sealed class ViewCommand : Command
{
    private readonly Argument<string?> source = new("SOURCE") { Description = "elp:A,B, sbs:A, ps4:A, replay:DIR or sim:, with ,CALIBRATION behind it if there is one; or rig:NAME of a running receiver.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> rig = new("--rig") { Description = "The same as rig:NAME.", HelpName = "NAME" };
    private readonly Option<string?> from = new("--from") { Description = "The receiver's pages, with the key that its log shows if it has one. [default: the receiver that runs on this machine]", HelpName = "URL" };
    private readonly Option<string?> matcher = new("--matcher") { Description = $"The matcher: {string.Join(" or ", MatcherParameters.Matchers)}. [default: {StereoBmParameters.Name}]" };
    private readonly Option<FileInfo?> preset = new("--preset") { Description = "Begin with the matcher and parameters of this file.", HelpName = "FILE.json" };
    private readonly Option<FileInfo?> savePreset = new("--save-preset") { Description = "At the end, write what the sliders say to this file.", HelpName = "FILE.json" };
    private readonly Option<string> folder = new("--out") { Description = "Where s saves pictures, disparity, view and preset.", HelpName = "DIR", DefaultValueFactory = _ => "." };
    private readonly Option<string?> state = new("--state") { Description = "Folder of what the receiver remembers; the same as that of receiver serve.", HelpName = "DIR" };

    public ViewCommand()
        : base("view", """
            Open a window with a left and a right picture, both rectified, and the disparity, with a slider for each of the matcher's parameters.
            q or Esc quits, s saves the pictures, the disparity and a preset of the sliders.

            Example:
              receiver view elp:/dev/video0,/dev/video2,desk.npz
              receiver view --rig garden --save-preset garden.json
            """)
    {
        Arguments.Add(source);
        foreach (var option in new Option[] { rig, from, matcher, preset, savePreset, folder, state })
            Options.Add(option);
        SetAction((parsed, cancellationToken) => Task.FromResult(DepthWork.Run(() => Show(parsed, cancellationToken))));
    }

    // Not async: a window belongs to the thread that opened it, and on macOS that must be the first one.
    private int Show(ParseResult parsed, CancellationToken cancellationToken)
    {
        var parameters = Begin(parsed);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var shown = Source(parsed, end.Token);
        var newest = Channel.CreateBounded<ViewedPair>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var fetching = shown.FetchAsync(newest.Writer, end.Token);

        parameters = new ViewWindow($"PiStereoLink {shown.Name}", newest.Reader, shown.Calibration, parsed.GetValue(folder)!)
            .Run(parameters, saved => Console.Error.WriteLine($"Saved {saved}-left.jpg, -right.jpg, -disparity, -view.png, -preset.json."), end.Token);
        end.Cancel();
        fetching.GetAwaiter().GetResult();
        if (parsed.GetValue(savePreset) is { } file)
            DurableFile.Write(file.FullName, MatcherPreset.Write(parameters));
        return 0;

        // The window is closed and the cameras are let go.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }
    }

    private ViewSource Source(ParseResult parsed, CancellationToken cancellationToken)
    {
        const string rigPrefix = "rig:";
        var (given, name) = (parsed.GetValue(source), parsed.GetValue(rig));
        if (given is null == name is null)
            throw new FormatException(given is null ? "What is to be shown? Give a source, such as receiver view elp:/dev/video0,/dev/video2, or --rig NAME." : "Give a source or --rig, not both.");
        return given?.StartsWith(rigPrefix, StringComparison.Ordinal) == false
            ? ViewSource.OfThisMachine(given, cancellationToken)
            : ViewSource.OfRig(name ?? given![rigPrefix.Length..], parsed.GetValue(from) ?? HereAt(parsed.GetValue(state)), cancellationToken);
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
}
