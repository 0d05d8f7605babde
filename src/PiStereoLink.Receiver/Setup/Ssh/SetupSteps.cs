using System.Text.Json;
using System.Text.Json.Serialization;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>What was done, was done already, or would be done; told as it happens.</summary>
internal sealed class SetupSteps(bool dryRun)
{
    private readonly List<SetupStep> steps = [];

    public bool DryRun => dryRun;

    public IReadOnlyList<SetupStep> All => steps;

    public bool Changed => steps.Any(step => step.State == "done");

    public void Already(string step, string sentence) => Add(new(step, "already", sentence));

    public void Done(string step, string sentence) => Add(new(step, "done", sentence));

    /// <summary>In a dry run says what would be done, and that it is not to be done: false.</summary>
    public bool Go(string step, string sentence)
    {
        if (dryRun)
            Add(new(step, "would", sentence));
        return !dryRun;
    }

    private void Add(SetupStep step)
    {
        steps.Add(step);
        Console.Error.WriteLine($"{step.State switch { "done" => "done:   ", "would" => "would:  ", _ => "already:" }} {step.Text}");
    }
}

/// <param name="Step">host-key, key, login, config, passwords.</param>
/// <param name="State">already, done or would.</param>
/// <param name="Text">In a sentence.</param>
internal sealed record SetupStep(string Step, string State, string Text);

/// <summary>The last line of <c>ssh-setup --json</c>.</summary>
/// <param name="Destination">Where.</param>
/// <param name="Key">The private key.</param>
/// <param name="Changed">Whether anything was changed, here or there.</param>
/// <param name="PasswordLogin">Whether the Pi still takes passwords; null where that is not known.</param>
/// <param name="Steps">In order.</param>
internal sealed record SshSetupReport(string Destination, string Key, bool Changed, bool? PasswordLogin, IReadOnlyList<SetupStep> Steps);

[JsonSerializable(typeof(SshSetupReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SshSetupJson : JsonSerializerContext;
