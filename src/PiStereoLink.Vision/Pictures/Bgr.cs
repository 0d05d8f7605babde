using System.Runtime.InteropServices;

namespace PiStereoLink.Vision;

/// <summary>One pixel of a CV_8UC3 Mat: blue, green, red.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Bgr(byte Blue, byte Green, byte Red);
