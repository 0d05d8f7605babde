using System.Diagnostics;
using System.Globalization;

namespace PiStereoLink.Receiver.Setup.Deploy;

// After the start: the first picture, or the agent from before put back.
internal sealed partial class Deployment
{
    /// <summary>Waits for a picture beyond so many.</summary>
    private async Task<bool> FirstFrameAsync(Plan plan, long before)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Limit(plan); await pace.WaitForNextTickAsync(cancellation))
            if (await receiver.FramesAsync(plan.Node, cancellation) > before)
                return true;
        return false;
    }

    /// <summary>A timelapse on whole hours takes none before the hour.</summary>
    private TimeSpan Limit(Plan plan) =>
        request.Wait + (AgentEnv.Of(plan.Setting.Env!, "Mode") == "timelapse" && double.TryParse(AgentEnv.Of(plan.Setting.Env!, "Interval"), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero);

    private async Task<string> NoneAsync(Plan plan)
    {
        var words = await pi.LastWordsAsync();
        return $"No picture of {plan.Node} came in within {Limit(plan).TotalSeconds:0} s. The agent's last words: {(words.Length > 0 ? words.TrimEnd('.') : "none")}";
    }

    private async Task<DeployException> PutBackAsync(Plan plan, Installation found)
    {
        var none = await NoneAsync(plan);
        if (found.Setting is not { } old)
            return new DeployException($"{none}. It stays installed and goes on trying; ./pistereolink logs {pi.Target.Destination} shows more, and ./pistereolink undeploy {pi.Target.Destination} takes it away.");
        say($"No picture came in: putting {old.Agent} back ...");
        await pi.StopAsync();
        var before = await receiver.FramesAsync(plan.Node, cancellation);
        await pi.SwitchAsync(old);
        var back = await FirstFrameAsync(plan, before);
        await pi.PruneAsync([.. found.Versions, old.Agent]);
        return new DeployException($"{none}. {old.Agent} was put back with its settings, and {(back ? "its pictures come in again" : "sends no pictures either: look at the camera and the network")}. Correct the new one and run this again.");
    }
}
