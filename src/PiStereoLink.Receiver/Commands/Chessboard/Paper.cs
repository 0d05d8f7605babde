namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary>A sheet to print on; millimetres, upright.</summary>
public sealed record Paper(string Name, double WidthMillimetres, double HeightMillimetres)
{
    /// <summary>ISO 216 and ANSI/ASME Y14.1, the smallest first.</summary>
    public static IReadOnlyList<Paper> All { get; } = [new("a4", 210, 297), new("letter", 215.9, 279.4), new("a3", 297, 420)];

    /// <summary>The same sheet lying on its side.</summary>
    public Paper Turned => new(Name, HeightMillimetres, WidthMillimetres);

    /// <summary>How it lies.</summary>
    public string Orientation => WidthMillimetres > HeightMillimetres ? "landscape" : "portrait";

    /// <exception cref="FormatException">There is none of that name.</exception>
    public static Paper Named(string name) => All.FirstOrDefault(paper => paper.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"--paper '{name}' is not known. Known: {string.Join(", ", All.Select(paper => paper.Name))}.");
}
