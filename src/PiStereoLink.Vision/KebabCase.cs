using System.Text;

namespace PiStereoLink.Vision;

/// <summary>numDisparities and NumDisparities as num-disparities: how the command line spells the names of OpenCV.</summary>
internal static class KebabCase
{
    public static string Of(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
