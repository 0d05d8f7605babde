using System.Reflection;
using System.Runtime.InteropServices;
using Iot.Device.Media;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Compat;

/// <summary>
/// The structures and calls of linux/videodev2.h as gcc sees them (Linux 6.1's headers, amd64): sizeof, offsetof and the VIDIOC_ macros,
/// printed by a small C program; for 32 bits with 64-bit times, by the header's own rules. The agent's, and those of compat/.
/// </summary>
public class VideoKernelLayout
{
    private static readonly Type Agents = typeof(UsbPath).Assembly.GetType("PiStereoLink.Agent.V4l2")!;
    private static readonly Type? Compats = typeof(VideoDevice).Assembly.GetType("Iot.Device.Media.Kernel");

    private static bool Is64Bit => nint.Size == 8;

    [Theory]
    [InlineData("v4l2_capability", 104, 104, "card 16, bus_info 48, version 80, capabilities 84, device_caps 88")]
    [InlineData("v4l2_pix_format", 48, 48, "width 0, height 4, pixelformat 8, field 12, sizeimage 20")]
    [InlineData("v4l2_format", 208, 204, "type 0, fmt 8|4")]
    [InlineData("v4l2_streamparm", 204, 204, "type 0, capability 4, timeperframe 12")]
    [InlineData("v4l2_frmivalenum", 52, 52, "index 0, pixel_format 4, width 8, height 12, type 16, discrete 20")]
    [InlineData("v4l2_requestbuffers", 20, 20, "count 0, type 4, memory 8")]
    [InlineData("v4l2_buffer", 88, 80, "bytesused 8, flags 12, field 16, seconds 24, microseconds 32, timecode 40, sequence 56, memory 60, m 64, length 72|68, request_fd 80|76")]
    [InlineData("poll_fd", 8, 8, "fd 0, events 4, revents 6")]
    public void A_structure_of_the_agents_is_laid_out_as_the_kernel_has_it(string name, int size64, int size32, string offsets) =>
        Check(Agents, name, Is64Bit ? size64 : size32, offsets);

    [Theory]
    [InlineData("v4l2_fmtdesc", 64, "index 0, type 4, flags 8, description 12, pixelformat 44")]
    [InlineData("v4l2_frmsizeenum", 44, "pixel_format 4, type 8, min_width 12, max_width 16, step_width 20, min_height 24, max_height 28, step_height 32")]
    public void A_structure_of_compat_is_laid_out_as_the_kernel_has_it(string name, int size, string offsets) => Check(OfCompat(), name, size, offsets);

    [Theory]
    [InlineData("QueryCapabilities", 0x80685600, 0x80685600)]
    [InlineData("SetFormat", 0xC0D05605, 0xC0CC5605)]
    [InlineData("RequestBuffers", 0xC0145608, 0xC0145608)]
    [InlineData("QueryBuffer", 0xC0585609, 0xC0505609)]
    [InlineData("QueueBuffer", 0xC058560F, 0xC050560F)]
    [InlineData("DequeueBuffer", 0xC0585611, 0xC0505611)]
    [InlineData("StreamOn", 0x40045612, 0x40045612)]
    [InlineData("SetParameters", 0xC0CC5616, 0xC0CC5616)]
    [InlineData("EnumerateFrameIntervals", 0xC034564B, 0xC034564B)]
    [InlineData("VideoCapture", 1u, 1u)]
    [InlineData("CanStream", 0x0400_0000u, 0x0400_0000u)]
    [InlineData("HasDeviceCaps", 0x8000_0000u, 0x8000_0000u)]
    [InlineData("CanSetRate", 0x1000u, 0x1000u)]
    [InlineData("MemoryMapped", 1u, 1u)]
    [InlineData("Discrete", 1u, 1u)]
    [InlineData("IsDamaged", 0x40u, 0x40u)]
    [InlineData("TimeMask", 0xE000u, 0xE000u)]
    [InlineData("TimeIsMonotonic", 0x2000u, 0x2000u)]
    public void A_number_of_the_agents_is_the_headers(string name, uint number64, uint number32) =>
        Assert.Equal(Is64Bit ? number64 : number32, Agents.GetField(name)!.GetValue(null));

    [Theory]
    [InlineData("EnumerateFormats", 0xC0405602)]
    [InlineData("EnumerateFrameSizes", 0xC02C564A)]
    [InlineData("VideoCapture", 1u)]
    public void A_number_of_compats_is_the_headers(string name, uint number) => Assert.Equal(number, OfCompat().GetField(name)!.GetRawConstantValue());

    private static void Check(Type owner, string name, int size, string offsets)
    {
        var structure = owner.GetNestedType(name, BindingFlags.NonPublic | BindingFlags.Public)!;
        Assert.Equal(size, Marshal.SizeOf(structure));
        foreach (var (field, offset) in offsets.Split(", ").Select(words => (words.Split(' ')[0], words.Split(' ')[1].Split('|'))))
            Assert.Equal(int.Parse(offset[Is64Bit ? 0 : ^1], null), (int)Marshal.OffsetOf(structure, field));
    }

    private static Type OfCompat()
    {
        Assert.SkipWhen(Compats is null, "Runs over compat/Iot.Device.Bindings only.");
        return Compats!;
    }
}
