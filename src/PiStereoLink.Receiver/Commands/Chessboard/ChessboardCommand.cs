using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PiStereoLink.Protocol;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary><c>receiver chessboard</c>: a board to print and calibrate with.</summary>
internal sealed partial class ChessboardCommand : Command
{
    private readonly Option<string> board = new("--board") { Description = "Inner corners across and down.", HelpName = "COLUMNSxROWS", DefaultValueFactory = _ => "9x6" };
    private readonly Option<string> square = new("--square") { Description = "The side of a square, with its unit.", HelpName = "LENGTH", DefaultValueFactory = _ => "25mm" };
    private readonly Option<string?> paper = new("--paper") { Description = "a4, letter or a3. [default: a4, or a3 where the board is too large for it]", HelpName = "NAME" };
    private readonly Option<string> output = new("--out") { Description = "The file to write; its name ends in .svg or .pdf.", HelpName = "FILE", Required = true };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object on the last line of stdout." };

    public ChessboardCommand()
        : base("chessboard", """
            Write a chessboard that prints to scale, with a ruler to check the print.

            Example:
              receiver chessboard --board 9x6 --square 25mm --out board.pdf
            Print it at 100 %, measure the ruler, and glue the sheet on something flat and stiff.
            """)
    {
        Options.Add(board);
        Options.Add(square);
        Options.Add(paper);
        Options.Add(output);
        Options.Add(json);
        SetAction(Make);
    }

    private int Make(ParseResult parsed)
    {
        var (asked, path) = (BoardText.Parse(parsed.GetValue(board)!, parsed.GetValue(square)!), parsed.GetValue(output)!);
        var (size, side) = ($"{asked.Columns}x{asked.Rows}", asked.SquareMetres * 1000);
        Func<BoardSheet, byte[]> write = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => SvgSheet.Write,
            ".PDF" => PdfSheet.Write,
            var other => throw new FormatException($"--out {path} ends in '{other}'; a board is written as .svg or .pdf."),
        };
        var sheet = Fit(asked, parsed.GetValue(paper) is { } name ? [Paper.Named(name)] : [Paper.Named("a4"), Paper.Named("a3")]);
        if (!BoardGrid.ColoursTellOrientation(asked))
            Console.Error.WriteLine($"A board of {size} looks the same upside down, so two cameras may number its corners differently. One even and one odd number, such as 9x6, avoids that.");
        DurableFile.Write(path, write(sheet));
        var onA4 = sheet.Paper.Name == "a3" && parsed.GetValue(paper) is null ? $" On a4 the largest square would be {Millimetres(BoardSheet.LargestSquare(Paper.Named("a4"), asked))} mm." : "";
        Console.Error.WriteLine($"{path}: {size} inner corners, squares of {Millimetres(side)} mm, on {sheet.Paper.Name}, {sheet.Paper.Orientation}. Print it at 100 % and measure the ruler: it is 100 mm long.{onA4}");
        if (parsed.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(new Made(path, [asked.Columns, asked.Rows], Math.Round(side, 6), sheet.Paper.Name, sheet.Paper.Orientation,
                sheet.Paper.WidthMillimetres, sheet.Paper.HeightMillimetres), MadeJson.Default.Made));
        return 0;
    }

    private static BoardSheet Fit(ChessBoard asked, Paper[] papers)
    {
        foreach (var paper in papers)
            if (BoardSheet.TryLayOut(paper, asked) is { } sheet)
                return sheet;
        var last = papers[^1];
        var largest = Millimetres(BoardSheet.LargestSquare(last, asked));
        throw new InvalidDataException($"A board of {asked.Columns}x{asked.Rows} with squares of {Millimetres(asked.SquareMetres * 1000)} mm and a white margin one square wide does not fit on {last.Name}; the largest square that does is {largest} mm (--square {largest}mm).");
    }

    private static string Millimetres(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private sealed record Made(string File, int[] InnerCorners, double SquareMillimetres, string Paper, string Orientation, double PageWidthMillimetres, double PageHeightMillimetres);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Made))]
    private sealed partial class MadeJson : JsonSerializerContext;
}
