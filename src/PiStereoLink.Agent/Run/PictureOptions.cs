using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace PiStereoLink.Agent;

/// <summary>The options of one verb for its pictures, and how they are read: the command line wins over the environment, it over the file.</summary>
internal sealed class PictureOptions(PictureSettings defaults, PictureSetting[] settings)
{
    // The largest sensor sold for the Pi has 9152x6944 pixels; JPEG wants even sides from its camera programs.
    private const int SmallestSide = 16, LargestSide = 9152;

    private readonly (PictureSetting Setting, Option Option)[] all = Array.ConvertAll(settings, setting => (setting, OptionOf(setting, defaults)));

    public IEnumerable<Option> Options => all.Select(one => one.Option);

    /// <param name="parsed">The command line.</param>
    /// <param name="configuration">Environment and file.</param>
    /// <param name="instead">Other defaults than the help shows; null takes those.</param>
    /// <exception cref="SettingException">Every setting that is not allowed, a sentence each.</exception>
    public PictureSettings Read(ParseResult parsed, IConfiguration configuration, PictureSettings? instead = null)
    {
        var pictures = instead ?? defaults;
        var wrong = new List<string>();
        foreach (var (setting, _) in all)
            if (configuration[$"{AgentOptions.Section}:{setting.Key}"] is { Length: > 0 } text)
                Apply(setting, text, $"'{text}' at '{AgentOptions.Section}:{setting.Key}'");
        foreach (var (setting, option) in all)
            if (parsed.GetResult(option) is { Implicit: false })         // a switch that was not given is there as well
                Apply(setting, Given(parsed, option), $"{setting.Option} '{Given(parsed, option)}'");
        wrong.AddRange(Together(pictures));
        if (parsed.GetResult("--gain") is not null && parsed.GetResult("--iso") is not null)
            wrong.Add("--gain and --iso are two names of one thing: give one of them.");
        return wrong.Count == 0 ? pictures : throw new SettingException(string.Join(' ', wrong));

        void Apply(PictureSetting setting, string text, string came)
        {
            try
            {
                pictures = setting.Read(text)(pictures);
            }
            catch (FormatException e)
            {
                wrong.Add($"{came} {e.Message}.");
            }
            catch (SettingException e)
            {
                wrong.Add(e.Message);
            }
        }
    }

    /// <summary>What is wrong only together.</summary>
    private static IEnumerable<string> Together(PictureSettings pictures)
    {
        if (pictures.Width is null != pictures.Height is null)
            yield return "--width and --height belong together: give both, or neither for the sensor's full size.";
        else if (!IsSide(pictures.Width) || !IsSide(pictures.Height))
            yield return $"--width {pictures.Width} --height {pictures.Height} is no picture: both must be even, {SmallestSide} to {LargestSide}.";
        if (pictures.LensPosition is not null && PictureSettingTable.LooksForFocus(pictures.AutofocusMode))
            yield return $"--lens-position {pictures.LensPosition} fixes the focus, and --autofocus-mode {pictures.AutofocusMode} looks for it: leave one out.";
    }

    private static bool IsSide(int? pixels) => pixels is null or (>= SmallestSide and <= LargestSide) && pixels.GetValueOrDefault() % 2 == 0;

    private static string Given(ParseResult parsed, Option option) =>
        option is Option<bool> onOff ? (parsed.GetValue(onOff) ? "true" : "false") : parsed.GetValue((Option<string>)option)!;

    private static Option OptionOf(PictureSetting setting, PictureSettings defaults)
    {
        var help = setting.Default?.Invoke(defaults) is { } value ? $"{setting.Help[..^1]} ({value})." : setting.Help;
        if (setting.Value is null)
            return new Option<bool>(setting.Option) { Description = help };
        var option = new Option<string>(setting.Option) { HelpName = setting.Value, Description = help };
        option.Validators.Add(result =>
        {
            try
            {
                _ = setting.Read(result.Tokens[0].Value);
            }
            catch (FormatException e)
            {
                result.AddError($"{setting.Option} '{result.Tokens[0].Value}' {e.Message}.");
            }
            catch (SettingException)
            {
                // A range or a file: told with the others, once the whole line has been read.
            }
        });
        return option;
    }
}
