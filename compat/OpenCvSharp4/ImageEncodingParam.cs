namespace OpenCvSharp;

/// <summary>One knob of an encoder and its value, as the quality of a JPEG.</summary>
public class ImageEncodingParam(ImwriteFlags id, int value)
{
    /// <summary>The knob.</summary>
    public ImwriteFlags EncodingId { get; } = id;

    /// <summary>Its value.</summary>
    public int Value { get; } = value;

    /// <summary>Id, value, id, value: as OpenCV takes them.</summary>
    internal static int[] Flatten(ImageEncodingParam[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.SelectMany(parameter => new[] { (int)parameter.EncodingId, parameter.Value })];
    }
}
