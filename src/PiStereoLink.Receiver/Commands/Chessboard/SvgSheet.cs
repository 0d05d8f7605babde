using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace PiStereoLink.Receiver.Commands.Chessboard;

/// <summary>A sheet as SVG: its size is given in millimetres and one user unit is one, so that it prints to scale.</summary>
internal static class SvgSheet
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static byte[] Write(BoardSheet sheet)
    {
        var (width, height) = (Number(sheet.Paper.WidthMillimetres), Number(sheet.Paper.HeightMillimetres));
        var root = new XElement(Svg + "svg",
            new XAttribute("width", width + "mm"), new XAttribute("height", height + "mm"), new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XElement(Svg + "rect", new XAttribute("width", width), new XAttribute("height", height), new XAttribute("fill", "#fff")),
            sheet.Boxes.Select(box => new XElement(Svg + "rect",
                new XAttribute("x", Number(box.X)), new XAttribute("y", Number(box.Y)),
                new XAttribute("width", Number(box.Width)), new XAttribute("height", Number(box.Height)))),
            sheet.Lines.Select(line => new XElement(Svg + "text",
                new XAttribute("x", Number(line.X)), new XAttribute("y", Number(line.Y)), new XAttribute("font-size", Number(line.Size)),
                new XAttribute("font-family", "Helvetica, Arial, sans-serif"), line.Text)));
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n");
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
