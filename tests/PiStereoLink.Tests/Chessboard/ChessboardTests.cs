using System.Globalization;
using System.Text.Json;
using PiStereoLink.Receiver.Commands.Chessboard;
using PiStereoLink.Vision;

namespace PiStereoLink.Tests.Chessboard;

public sealed class ChessboardTests : IDisposable
{
    private const int Dpi = 200;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chessboard-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("9x6", "25mm", "a3", 25)]
    [InlineData("9x6", "21.4mm", "a4", 21.4)]
    [InlineData("6x4", "1in", "letter", 25.4)]
    [InlineData("4x3", "2cm", "a4", 20)]
    public async Task The_pdf_prints_to_scale(string board, string square, string paper, double millimetres)
    {
        var pdf = In("board.pdf");
        await MakeAsync("--board", board, "--square", square, "--paper", paper, "--out", pdf);

        var about = await Tool.RunInstalledAsync("pdfinfo", pdf);
        Assert.Equal(0, about.ExitCode);
        Assert.Equal("", about.Errors);
        var sheet = BoardSheet.TryLayOut(Paper.Named(paper), BoardText.Parse(board, square))!;
        var size = about.Output.Split('\n').Single(line => line.StartsWith("Page size:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(sheet.Paper.WidthMillimetres / 25.4 * 72, double.Parse(size[2], CultureInfo.InvariantCulture), 0.01);
        Assert.Equal(sheet.Paper.HeightMillimetres / 25.4 * 72, double.Parse(size[4], CultureInfo.InvariantCulture), 0.01);
        var text = await Tool.RunInstalledAsync("pdftotext", pdf, "-");
        Assert.Contains($"{board} inner corners", text.Output, StringComparison.Ordinal);

        var drawn = await Tool.RunInstalledAsync("pdftoppm", "-r", $"{Dpi}", "-png", "-singlefile", pdf, In("drawn"));
        Assert.Equal("", drawn.Errors);
        await MeasureAsync(In("drawn.png"), board, millimetres);
    }

    [Theory]
    [InlineData("9x6", "25mm", 25)]
    [InlineData("11x8", "15mm", 15)]
    public async Task The_svg_prints_to_scale(string board, string square, double millimetres)
    {
        var svg = In("board.svg");
        await MakeAsync("--board", board, "--square", square, "--out", svg);
        var drawn = await Tool.RunInstalledAsync("rsvg-convert", "-d", $"{Dpi}", "-p", $"{Dpi}", "-o", In("drawn.png"), svg);
        Assert.Equal("", drawn.Errors);
        await MeasureAsync(In("drawn.png"), board, millimetres);
    }

    [Fact]
    public async Task A_board_that_is_too_large_names_the_largest_square_that_fits()
    {
        var refused = await ReceiverAsync("chessboard", "--board", "9x6", "--square", "25mm", "--paper", "a4", "--out", In("board.pdf"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("A board of 9x6 with squares of 25 mm and a white margin one square wide does not fit on a4; the largest square that does is 21.4 mm (--square 21.4mm).\n", refused.Errors);
        Assert.Empty(folder.EnumerateFiles());
        Assert.Equal(0, (await ReceiverAsync("chessboard", "--board", "9x6", "--square", "21.4mm", "--paper", "a4", "--out", In("board.pdf"))).ExitCode);
    }

    [Fact]
    public async Task Without_a_paper_the_smaller_one_that_fits_is_taken_and_told()
    {
        var made = await ReceiverAsync("chessboard", "--board", "9x6", "--square", "25mm", "--out", In("board.svg"), "--json");
        using var said = JsonDocument.Parse(made.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal("a3", said.RootElement.GetProperty("paper").GetString());
        Assert.Equal(25, said.RootElement.GetProperty("squareMillimetres").GetDouble());
        Assert.Contains("on a3, landscape", made.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--board", "9", "'9' is no board")]
    [InlineData("--board", "9x1", "3 to 50 of each")]
    [InlineData("--square", "25", "'25' is no length")]
    [InlineData("--square", "-3mm", "as 25mm")]
    [InlineData("--paper", "a9", "Known: a4, letter, a3.")]
    [InlineData("--out", "board.png", "a board is written as .svg or .pdf")]
    public async Task Wrong_usage_says_what_was_expected(string option, string value, string expected)
    {
        string[] usage = option == "--out" ? [option, value] : ["--out", In("board.svg"), option, value];
        var refused = await ReceiverAsync(["chessboard", .. usage]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(expected, refused.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFiles());
    }

    [Fact]
    public async Task A_board_that_looks_the_same_upside_down_is_made_with_a_warning()
    {
        var made = await ReceiverAsync("chessboard", "--board", "8x6", "--square", "20mm", "--out", In("board.svg"));
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("looks the same upside down", made.Errors, StringComparison.Ordinal);
    }

    /// <summary>Finds the corners in the rendered page and the ruler below them, and compares both with the millimetres.</summary>
    private static async Task MeasureAsync(string picture, string board, double millimetres)
    {
        var printed = await PythonOpenCv.RunAsync("""
            picture = cv2.imread(sys.argv[1], cv2.IMREAD_GRAYSCALE)
            c, r = (int(n) for n in sys.argv[2].split('x'))
            found, p = cv2.findChessboardCorners(picture, (c, r))
            assert found
            p = cv2.cornerSubPix(picture, p, (7, 7), (-1, -1), (3, 50, 0.001)).reshape(r, c, 2)
            s = np.linalg.norm(p[0, -1] - p[0, 0]) / (c - 1), np.linalg.norm(p[-1, 0] - p[0, 0]) / (r - 1)
            square = max(s)
            white = picture > 128
            box = lambda a: (int(np.argmax(a)), len(a) - int(np.argmax(a[::-1])))
            dark = ~white
            x0, y0 = p.reshape(-1, 2).min(0) - square
            x1, y1 = p.reshape(-1, 2).max(0) + square
            h, w = picture.shape
            ring = dark[max(0, int(round(y0 - square)) + 1):int(round(y1 + square)) - 1, max(0, int(round(x0 - square)) + 1):int(round(x1 + square)) - 1].copy()
            ring[int(square) - 3:-int(square) + 3, int(square) - 3:-int(square) + 3] = False
            longest = max((max(len(run) for run in ''.join('1' if d else '0' for d in row).split('0')) for row in dark[int(y1 + square) + 1:]))
            print(json.dumps([float(s[0]), float(s[1]), int(ring.sum()), min(float(x0), w - float(x1), float(y0), h - float(y1)) / square, longest]))
            """, picture, board);
        var measured = JsonSerializer.Deserialize<double[]>(printed)!;
        Assert.Equal(millimetres, measured[0] / Dpi * 25.4, 0.02);
        Assert.Equal(millimetres, measured[1] / Dpi * 25.4, 0.02);
        Assert.Equal(0, measured[2]);                          // nothing is printed in the margin
        Assert.InRange(measured[3], 0.98, double.MaxValue);    // which is a square wide
        Assert.Equal(100, measured[4] / Dpi * 25.4, 0.4);      // the ruler, within its end ticks
    }

    private async Task MakeAsync(params string[] arguments)
    {
        var made = await ReceiverAsync(["chessboard", .. arguments]);
        Assert.True(made.ExitCode == 0, made.Errors);
    }

    private string In(string name) => Path.Combine(folder.FullName, name);

    private static Task<Tool.Outcome> ReceiverAsync(params string[] arguments) => Tool.RunAsync(Programs.Path("PiStereoLink.Receiver"), arguments);
}
