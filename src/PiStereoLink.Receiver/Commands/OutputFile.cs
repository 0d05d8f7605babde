using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Commands;

/// <summary>A file that a command is to write: its name is checked before the work, and it is whole or absent after it.</summary>
internal sealed class OutputFile
{
    public static readonly string[] Pictures = [".png", ".jpg"];

    private OutputFile(string path, string extension) => (Path, Extension) = (path, extension);

    public string Path { get; }

    /// <summary>In lower case, with its dot.</summary>
    public string Extension { get; }

    /// <param name="path">The file.</param>
    /// <param name="option">Where its name comes from.</param>
    /// <param name="extensions">Those that can be written.</param>
    /// <exception cref="FormatException">The extension is another.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder is not there.</exception>
    public static OutputFile Named(string path, string option, params string[] extensions)
    {
        var extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (!extensions.Contains(extension))
            throw new FormatException($"{option} is {path}; a name that ends in {string.Join(" or ", extensions)} is allowed.");
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        return Directory.Exists(folder)
            ? new OutputFile(path, extension)
            : throw new DirectoryNotFoundException($"The folder {folder} of {option} is not there; make it first.");
    }

    public void Write(ReadOnlySpan<byte> bytes) => DurableFile.Write(Path, bytes);

    /// <summary>Both or none: what was written of a pair that fails is taken away.</summary>
    public static void WritePair(OutputFile one, byte[] oneBytes, OutputFile other, byte[] otherBytes)
    {
        one.Write(oneBytes);
        try
        {
            other.Write(otherBytes);
        }
        catch
        {
            File.Delete(one.Path);
            throw;
        }
    }
}
