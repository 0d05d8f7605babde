namespace PiStereoLink.Agent;

/// <summary>What came when a picture was waited for.</summary>
internal enum UsbArrival
{
    Nothing,
    Broken,
    Whole,
}

internal sealed partial class UsbVideo
{
    /// <summary>One is filled, one is read, and two are for the moments when this program is not scheduled.</summary>
    private const uint BuffersWanted = 4;

    private readonly List<(nint Address, nuint Length)> buffers = [];

    /// <summary>Starts streaming in what was chosen.</summary>
    /// <exception cref="CameraException">Somebody else streams, or the USB bus has no room.</exception>
    public void Start(UsbMode mode)
    {
        var request = new V4l2.v4l2_requestbuffers { count = BuffersWanted, type = V4l2.VideoCapture, memory = V4l2.MemoryMapped };
        Check("gives no memory for pictures", V4l2.Call(file, V4l2.RequestBuffers, ref request));
        for (var index = 0u; index < request.count; index++)
        {
            var buffer = Buffer(index);
            Check("gives no memory for pictures", V4l2.Call(file, V4l2.QueryBuffer, ref buffer));
            var address = V4l2.Map(file, buffer.m, buffer.length);
            if (address == 0)
                throw new CameraException($"{path}: there is no memory for its pictures, {buffer.length} bytes each. A smaller --width and --height needs less.");
            buffers.Add((address, buffer.length));
            GiveBack(index);
        }
        var type = V4l2.VideoCapture;
        if (V4l2.Call(file, V4l2.StreamOn, ref type) is var error and not 0)
            throw error == V4l2.NoSpace ? UsbFault.NoBandwidth(path, mode) : UsbFault.Of(path, "does not start", error);
    }

    /// <summary>Waits for a picture, which is the caller's to dispose.</summary>
    /// <exception cref="CameraException">The camera is gone, or has failed.</exception>
    public UsbArrival TryTake(int milliseconds, out UsbPicture picture)
    {
        picture = default;
        if (!V4l2.Wait(file, milliseconds))
            return UsbArrival.Nothing;
        var buffer = Buffer(0);
        var error = V4l2.Call(file, V4l2.DequeueBuffer, ref buffer);
        if (error == V4l2.TryAgain)
            return UsbArrival.Nothing;
        CheckFilming(error);
        var found = (buffer.flags & V4l2.IsDamaged) != 0 ? null : UsbPicture.Of(Bytes(buffer));
        GiveBack(buffer.index);
        picture = found.GetValueOrDefault() with { MonotonicNanoseconds = TimeOf(buffer) };
        return found is null ? UsbArrival.Broken : UsbArrival.Whole;
    }

    /// <summary>Closing it stops the streaming.</summary>
    public void Dispose()
    {
        foreach (var (address, length) in buffers)
            V4l2.Unmap(address, length);
        buffers.Clear();
        file.Dispose();
    }

    /// <summary>When it began to arrive; null when the driver uses another clock.</summary>
    private static long? TimeOf(in V4l2.v4l2_buffer buffer) =>
        (buffer.flags & V4l2.TimeMask) == V4l2.TimeIsMonotonic ? buffer.seconds * 1_000_000_000 + buffer.microseconds * 1000 : null;

    /// <summary>What the driver has put there; not to be used any more once the buffer is given back.</summary>
    private unsafe ReadOnlySpan<byte> Bytes(in V4l2.v4l2_buffer filled)
    {
        var (address, length) = buffers[(int)filled.index];
        return new((void*)address, (int)Math.Min(filled.bytesused, length));
    }

    /// <summary>Lets the driver fill it, for the first time or again.</summary>
    private void GiveBack(uint index)
    {
        var buffer = Buffer(index);
        CheckFilming(V4l2.Call(file, V4l2.QueueBuffer, ref buffer));
    }

    /// <summary>A camera that is pulled out can fail before its device is gone.</summary>
    private void CheckFilming(int error)
    {
        if (error == V4l2.NoDevice || (error != 0 && !Path.Exists(path.Given)))
            throw UsbFault.Gone(path, " while it was filming");
        Check("has stopped", error);
    }

    private static V4l2.v4l2_buffer Buffer(uint index) => new() { index = index, type = V4l2.VideoCapture, memory = V4l2.MemoryMapped };

    private void Check(string what, int error)
    {
        if (error != 0)
            throw UsbFault.Of(path, what, error);
    }
}
