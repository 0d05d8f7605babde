using System.Xml;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace PiStereoLink.Vision;

/// <summary>OpenCV's FileStorage as XML: below <c>opencv_storage</c> an element for each name; a matrix has rows, cols and data, values with spaces between.</summary>
internal static class FileStorageXml
{
    private const string Root = "opencv_storage", Data = "data";

    /// <summary>The names and values as the same file in YAML would have them.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the sentence names it.</exception>
    public static Dictionary<string, YamlNode> Read(string path, string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Root is { Name.LocalName: Root } root
                ? root.Elements().DistinctBy(element => element.Name.LocalName).ToDictionary(element => element.Name.LocalName, Node, StringComparer.Ordinal)
                : throw new InvalidDataException($"{path} is XML, but none of OpenCV's: its outermost element is <{Root}>.");
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"{path} is no XML that can be read: line {e.LineNumber}: {e.Message}", e);
        }
    }

    private static YamlNode Node(XElement element) => element switch
    {
        { HasElements: true } => new YamlMappingNode(element.Elements().DistinctBy(part => part.Name.LocalName).Select(part => KeyValuePair.Create<YamlNode, YamlNode>(part.Name.LocalName, Node(part)))),
        { Name.LocalName: Data } => new YamlSequenceNode(Words(element).Select(word => new YamlScalarNode(word))),
        _ => new YamlScalarNode(element.Value.Trim()),
    };

    private static string[] Words(XElement element) => element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
