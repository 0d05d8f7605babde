using System.Globalization;
using System.Text;

namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary>
/// A sheet as PDF 1.6 (ISO 32000): one page, one of the fonts that every reader has, and the wish that print dialogues start
/// without scaling (ViewerPreferences, PrintScaling).
/// </summary>
internal static class PdfSheet
{
    private const double PointsPerMillimetre = 72 / 25.4;

    public static byte[] Write(BoardSheet sheet)
    {
        var content = Content(sheet);
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Points(sheet.Paper.WidthMillimetres)} {Points(sheet.Paper.HeightMillimetres)}] "
                + "/Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
            $"<< /Length {content.Length} >>\nstream\n{content}endstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var file = new StringBuilder("%PDF-1.6\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var table = file.Length;
        // Each entry of the table has 20 bytes, the blank before the line's end among them.
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>Millimetres from the upper left; the page's own y grows upwards.</summary>
    private static string Content(BoardSheet sheet)
    {
        var height = sheet.Paper.HeightMillimetres;
        var content = new StringBuilder();
        content.Append(CultureInfo.InvariantCulture, $"{PointsPerMillimetre:0.########} 0 0 {PointsPerMillimetre:0.########} 0 0 cm\n0 g\n");
        foreach (var box in sheet.Boxes)
            content.Append(CultureInfo.InvariantCulture, $"{box.X:0.####} {height - box.Y - box.Height:0.####} {box.Width:0.####} {box.Height:0.####} re\n");
        content.Append("f\n");
        foreach (var line in sheet.Lines)
            content.Append(CultureInfo.InvariantCulture, $"BT /F1 {line.Size:0.####} Tf {line.X:0.####} {height - line.Y:0.####} Td ({Escaped(line.Text)}) Tj ET\n");
        return content.ToString();
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    private static string Points(double millimetres) => (millimetres * PointsPerMillimetre).ToString("0.###", CultureInfo.InvariantCulture);
}
