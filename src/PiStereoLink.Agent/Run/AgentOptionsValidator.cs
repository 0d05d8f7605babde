using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Says in one sentence each what came, what is allowed and what to do. Written by hand: the generated one says "field is required".</summary>
public sealed class AgentOptionsValidator : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wrong = Problems(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Problems(AgentOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.To))
            yield return $"No receiver to send to: give --to HOST:PORT (default port {ReceiverAddress.DefaultPort}), or pair this Pi with agent join.";
        else if (options.Receiver is null)
            yield return $"--to '{options.To}' is not a receiver: HOST, HOST:PORT or [IPV6]:PORT is, with a port of 1 to 65535.";

        if (options.Cameras.Count == 0)
            yield return "No camera to take pictures with: give --camera 0 for the first one, or --camera sim:left to try without.";
        foreach (var camera in options.Cameras.Where(camera => !CameraSpec.TryParse(camera, out _)))
            yield return $"--camera '{camera}' cannot be used: {CameraSpec.Allowed}.";
        foreach (var twice in CameraSpec.GivenTwice(options.Cameras))
            yield return $"--camera {twice} is given twice: a camera can be driven by one program at a time.";

        if (options.Node is { } node && !CameraName.IsValid(node))
            yield return $"--node '{node}' cannot be a name: {CameraName.Allowed} can, such as {CameraName.Nearest(node)}.";
        if (options.Pairing is { } paired && options.NodeName != paired.Node)
            yield return $"--node '{options.NodeName}': this Pi is paired as {paired.Node}. Leave --node out, or run receiver revoke {paired.Node} there and join again under the new name.";
        foreach (var sentence in Words(options).Concat(Numbers(options)).Concat(LedSettings.Problems(options)))
            yield return sentence;
    }

    private static string[] Words(AgentOptions options) =>
        Array.FindAll(
        [
            OneOf("--mode", options.Mode, AgentOptions.VideoMode, AgentOptions.TimelapseMode),
            OneOf("--spool", options.Spool ?? AgentOptions.OffSpool, AgentOptions.AlwaysSpool, AgentOptions.AutoSpool, AgentOptions.OffSpool),
            OneOf("--spool-full", options.SpoolFull ?? AgentOptions.StopWhenFull, AgentOptions.StopWhenFull, AgentOptions.DropOldest),
            OneOf("--peer", options.Peer, "auto", "acks", "recipe"),
        ], sentence => sentence.Length > 0);

    private static IEnumerable<string> Numbers(AgentOptions options)
    {
        if (options.Seconds is not (null or (> 0 and <= 1e9)))
            yield return $"--seconds {options.Seconds} is no time to run for: give a number above 0, or leave it out to run until stopped.";
        if (options.Interval is not (>= ShotGrid.ShortestSeconds and <= ShotGrid.LongestSeconds))
            yield return $"--interval {options.Interval} is outside {ShotGrid.ShortestSeconds} to {ShotGrid.LongestSeconds} seconds.";
        if (options.SpoolMax is not (>= 0.001 and <= 1e9))
            yield return $"--spool-max {options.SpoolMax} is outside 0.001 to 1000000000 MB; --spool off keeps nothing.";
        if (options is { Mode: AgentOptions.TimelapseMode, Pictures.Sync: not null })
            yield return "--sync is for a film: a timelapse takes its pictures one by one, each by a program of its own. Leave it out, or give --mode video.";
        if (options.Report is not (>= 0.01 and <= 86400))
            yield return $"--report {options.Report} is outside 0.01 to 86400 seconds.";
        if (options.Drain is not (>= 0 and <= 86400))
            yield return $"--drain {options.Drain} is outside 0 to 86400 seconds.";
    }

    private static string OneOf(string option, string came, params string[] allowed) =>
        allowed.Contains(came) ? "" : $"{option} '{came}' cannot be: {string.Join(", ", allowed[..^1])} or {allowed[^1]} can.";
}
