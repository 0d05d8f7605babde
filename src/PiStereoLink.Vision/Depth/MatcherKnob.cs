using System.Globalization;
using System.Text;

namespace PiStereoLink.Vision;

/// <summary>One number of a matcher: read, set, and called by name.</summary>
/// <param name="Name">OpenCV's name, in camelCase, as presets have it.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Get">Its value.</param>
/// <param name="With">The same parameters with another value, unchecked.</param>
/// <param name="Words">Where the values have names: the names, by value. Null for a plain number.</param>
public sealed record MatcherKnob(
    string Name, string Description, Func<MatcherParameters, int> Get, Func<MatcherParameters, int, MatcherParameters> With, IReadOnlyList<string>? Words = null)
{
    /// <summary>The option on the command line: the name in kebab case, as <c>--num-disparities</c>.</summary>
    public string Option
    {
        get
        {
            var kebab = new StringBuilder("--");
            foreach (var letter in Name)
            {
                if (char.IsAsciiLetterUpper(letter))
                    kebab.Append('-');
                kebab.Append(char.ToLowerInvariant(letter));
            }
            return kebab.ToString();
        }
    }

    /// <summary>The value as a preset and the command line have it.</summary>
    public string Text(MatcherParameters parameters) => Words is null ? $"{Get(parameters)}" : Words[Get(parameters)];

    /// <summary>The same parameters with the value that a text says; only whether it can be read is checked.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public MatcherParameters Read(MatcherParameters parameters, string text) => With(parameters, Parse(text));

    private int Parse(string text)
    {
        if (Words is null)
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentException($"{Name} is \"{text}\"; a whole number is allowed.");
        for (var value = 0; value < Words.Count; value++)
            if (Words[value] == text)
                return value;
        throw new ArgumentException($"{Name} is \"{text}\"; {string.Join(", ", Words)} are allowed.");
    }
}
