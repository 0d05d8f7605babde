using System.CommandLine;

namespace PiStereoLink.Receiver.Commands;

/// <summary>The two pictures of a pair, as files.</summary>
internal sealed class PairOptions
{
    private readonly Option<string> left = new("--left") { Description = "The left camera's picture.", HelpName = "FILE", Required = true };
    private readonly Option<string> right = new("--right") { Description = "The right camera's picture.", HelpName = "FILE", Required = true };

    public void AddTo(Command command)
    {
        command.Options.Add(left);
        command.Options.Add(right);
    }

    /// <exception cref="IOException">One is not there or no picture; the sentence names it.</exception>
    public (byte[] Left, byte[] Right) Read(ParseResult parsed) =>
        (InputFile.Picture(parsed.GetValue(left)!, "The left picture"), InputFile.Picture(parsed.GetValue(right)!, "The right picture"));
}
