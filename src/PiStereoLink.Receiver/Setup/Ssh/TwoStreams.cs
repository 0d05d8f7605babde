namespace PiStereoLink.Receiver.Setup.Ssh;

/// <summary>Reads one stream to its end and then another, which may be none.</summary>
internal sealed class TwoStreams(Stream first, Stream? second) : Stream
{
    private bool atSecond;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!atSecond && await first.ReadAsync(buffer, cancellationToken) is var count and > 0)
            return count;
        atSecond = true;
        return second is null ? 0 : await second.ReadAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!atSecond && first.Read(buffer, offset, count) is var read and > 0)
            return read;
        atSecond = true;
        return second?.Read(buffer, offset, count) ?? 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
