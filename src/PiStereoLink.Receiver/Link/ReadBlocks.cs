using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace PiStereoLink.Receiver.Link;

/// <summary>
/// The blocks that sockets are read into. Kestrel's own have 4 kB: a picture of 63 kB would take 16 reads and 16 turns of the pipe.
/// A connection that is waiting holds none.
/// </summary>
internal sealed class ReadBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>A picture of 640x480 in one read.</summary>
    private const int BlockBytes = 64 * 1024;

    /// <summary>4 MB stay with the pool; what a rush needed above that goes back.</summary>
    private const int BlocksKept = 64;

    private readonly ConcurrentQueue<Block> free = new();

    public override int MaxBufferSize => BlockBytes;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        return free.TryDequeue(out var block) ? block : new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
        // One pool for all endpoints, as long as the program; each of them disposes it when it stops.
    }

    private sealed class Block(ReadBlocks pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

        public void Dispose()
        {
            if (pool.free.Count < BlocksKept)
                pool.free.Enqueue(this);
        }
    }
}
