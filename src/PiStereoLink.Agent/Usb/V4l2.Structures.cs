using System.Runtime.InteropServices;

namespace PiStereoLink.Agent;

#pragma warning disable CS0649 // Field is never assigned to: the kernel fills it, or it stays 0
/// <remarks>The names are the header's, so that they can be compared.</remarks>
internal static unsafe partial class V4l2
{
    public struct v4l2_capability
    {
        public fixed byte driver[16];
        public fixed byte card[32];
        public fixed byte bus_info[32];
        public uint version;
        public uint capabilities;
        public uint device_caps;
        public fixed uint reserved[3];
    }

    public struct v4l2_pix_format
    {
        public uint width;
        public uint height;
        public uint pixelformat;
        public uint field;
        public uint bytesperline;
        public uint sizeimage;
        public fixed uint more[6];
    }

    // The union begins where an address may stand, because another of its members holds some.
    [StructLayout(LayoutKind.Explicit, Size = 200)]
    public struct v4l2_format_union
    {
        [FieldOffset(0)] public v4l2_pix_format pix;
        [FieldOffset(0)] public nint address;
    }

    public struct v4l2_format
    {
        public uint type;
        public v4l2_format_union fmt;
    }

    public struct v4l2_fract
    {
        public uint numerator;
        public uint denominator;
    }

    public struct v4l2_streamparm
    {
        public uint type;
        public uint capability;
        public uint capturemode;
        public v4l2_fract timeperframe;
        public fixed uint more[46];
    }

    public struct v4l2_frmivalenum
    {
        public uint index;
        public uint pixel_format;
        public uint width;
        public uint height;
        public uint type;
        public v4l2_fract discrete;     // the least of a range
        public fixed uint more[6];
    }

    public struct v4l2_requestbuffers
    {
        public uint count;
        public uint type;
        public uint memory;
        public uint capabilities;
        public uint flags_and_reserved;
    }

    public struct v4l2_buffer
    {
        public uint index;
        public uint type;
        public uint bytesused;
        public uint flags;
        public uint field;
        public long seconds;            // timestamp
        public long microseconds;
        public fixed uint timecode[4];
        public uint sequence;
        public uint memory;
        public nuint m;                 // the offset for mmap
        public uint length;
        public uint reserved2;
        public int request_fd;
    }

    private struct poll_fd
    {
        public int fd;
        public short events;
        public short revents;
    }
}
