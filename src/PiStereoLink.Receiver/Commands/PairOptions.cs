using System.CommandLine;

namespace PiStereoLink.Receiver.Commands;

/// <summary>The two pictures of a pair, as files.</summary>
/// <param name="required">False where the command has another source of pictures.</param>
internal sealed class PairOptions(bool required = true)
{
    private readonly Option<string?> left = new("--left") { Description = "The left camera's picture.", HelpName = "FILE", Required = required };
    private readonly Option<string?> right = new("--right") { Description = "The right camera's picture.", HelpName = "FILE", Required = required };

    public void AddTo(Command command)
    {
        command.Options.Add(left);
        command.Options.Add(right);
    }

    /// <exception cref="IOException">One is not there or no picture; the sentence names it.</exception>
    /// <exception cref="FormatException">One is not given.</exception>
    public (byte[] Left, byte[] Right) Read(ParseResult parsed) => (Of(left, "left", parsed), Of(right, "right", parsed));

    private static byte[] Of(Option<string?> option, string eye, ParseResult parsed) => parsed.GetValue(option) is { } file
        ? InputFile.Picture(file, $"The {eye} picture")
        : throw new FormatException($"The {eye} camera's picture is missing: {option.Name} FILE.");
}
