using System.CommandLine;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary>Which matcher, and every knob it has, by OpenCV's name in kebab case; from and to presets.</summary>
internal sealed class MatcherOptions
{
    private readonly Option<string?> matcher = new("--matcher") { Description = $"{string.Join(" or ", MatcherParameters.Matchers)}. [default: bm]", HelpName = string.Join('|', MatcherParameters.Matchers) };
    private readonly Option<string?> preset = new("--preset") { Description = "Take the matcher and its parameters from this file; options given beside it go before.", HelpName = "FILE" };
    private readonly Option<string?> savePreset = new("--save-preset") { Description = "Keep the matcher and its parameters in this file (.json).", HelpName = "FILE" };
    private readonly (string Name, Option<string?> Option)[] knobs = [.. AllKnobs().Select(knob => (knob.Name, OptionOf(knob)))];

    public void AddTo(Command command)
    {
        command.Options.Add(matcher);
        command.Options.Add(preset);
        command.Options.Add(savePreset);
        foreach (var (_, option) in knobs)
            command.Options.Add(option);
    }

    /// <summary>The parameters asked for, checked, and kept if that was asked for.</summary>
    /// <exception cref="FormatException">Wrong usage.</exception>
    /// <exception cref="ArgumentException">A value cannot be.</exception>
    public MatcherParameters Read(ParseResult parsed)
    {
        var parameters = Start(parsed.GetValue(preset), parsed.GetValue(matcher));
        foreach (var (name, option) in knobs)
        {
            if (parsed.GetValue(option) is not { } text)
                continue;
            var knob = parameters.Knobs.FirstOrDefault(knob => knob.Name == name) ?? throw new FormatException(
                $"{option.Name} is no parameter of the matcher {parameters.Matcher}; it has {string.Join(", ", parameters.Knobs.Select(knob => knob.Option))}.");
            parameters = knob.Read(parameters, text);
        }
        parameters.Validate();
        if (parsed.GetValue(savePreset) is { } file)
            OutputFile.Named(file, "--save-preset", ".json").Write(MatcherPreset.Write(parameters));
        return parameters;
    }

    private static MatcherParameters Start(string? preset, string? matcher)
    {
        if (preset is null)
            return MatcherParameters.Defaults(matcher ?? StereoBmParameters.Name);
        var parameters = MatcherPreset.Read(InputFile.Read(preset, "The preset", "a JSON file that --save-preset wrote"), preset);
        return matcher is null || matcher == parameters.Matcher
            ? parameters
            : throw new FormatException($"--matcher is {matcher}, but the preset {preset} is for {parameters.Matcher}; leave one of them out.");
    }

    private static IEnumerable<MatcherKnob> AllKnobs() =>
        MatcherParameters.Matchers.SelectMany(name => MatcherParameters.Defaults(name).Knobs).DistinctBy(knob => knob.Name);

    private static Option<string?> OptionOf(MatcherKnob knob)
    {
        var owners = MatcherParameters.Matchers.Select(MatcherParameters.Defaults).Where(matcher => matcher.Knobs.Any(one => one.Name == knob.Name));
        var defaults = owners.Select(matcher => $"{matcher.Matcher} {knob.Text(matcher)}");
        return new Option<string?>(knob.Option) { Description = $"{knob.Description} [{string.Join(", ", defaults)}]", HelpName = knob.Words is null ? "N" : string.Join('|', knob.Words) };
    }
}
