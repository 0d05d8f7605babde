using System.Text;

namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Keeps the first bytes that are written to it and takes the rest without keeping it.</summary>
internal sealed class BoundedStream(int limit) : MemoryStream
{
    // A derived MemoryStream leads every other way of writing here.
    public override void Write(byte[] buffer, int offset, int count) => base.Write(buffer, offset, (int)Math.Min(count, limit - Length));

    /// <summary>What was kept, as UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length);
}
