using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Commands;

/// <summary>The two kinds of disparity file, by extension: <c>.pfm</c> and 16-bit <c>.png</c>.</summary>
internal static class DisparityFile
{
    public static readonly string[] Extensions = [".pfm", ".png"];

    /// <exception cref="FormatException">The file cannot hold what this matcher may find.</exception>
    public static void Check(OutputFile file, MatcherParameters parameters)
    {
        if (file.Extension == ".png" && !DisparityPng.Holds(parameters))
            throw new FormatException($"minDisparity and numDisparities reach {parameters.MinDisparity + parameters.NumDisparities} px, and a 16-bit .png holds less than {DisparityPng.Scale} px; give --out a name that ends in .pfm.");
    }

    public static byte[] Encode(string path, DisparityMap disparity)
    {
        if (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            return DisparityPng.Encode(disparity);
        using var bytes = new MemoryStream();
        Pfm.Write(bytes, disparity.ToPicture());
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static FloatPicture Read(string path)
    {
        var bytes = InputFile.Read(path, "The disparity", "a .pfm or 16-bit .png that receiver disparity wrote");
        if (bytes is not [(byte)'P', (byte)'f' or (byte)'F', ..])
            return DisparityPng.Read(bytes, path);
        using var stream = new MemoryStream(bytes);
        return Pfm.Read(stream, path);
    }
}
