using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using PiStereoLink.Protocol;

namespace PiStereoLink.Tests.Agent;

/// <summary>A receiver as plain as the recipe's: it reads lengths and pictures and never writes a byte.</summary>
internal sealed class RecipeReceiver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener listener;

    public RecipeReceiver(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async Task<RecipeStream> AcceptAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        return new RecipeStream(await listener.AcceptTcpClientAsync(late.Token));
    }

    public void Dispose() => listener.Dispose();
}

/// <summary>One connection of a <see cref="RecipeReceiver"/>, and every byte that came over it.</summary>
internal sealed class RecipeStream(TcpClient client) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MemoryStream all = new();

    public byte[] Bytes => all.ToArray();

    public Stream Wire => client.GetStream();

    /// <summary>The next picture; null after the length 0.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(await ExactlyAsync(4));
        return length == 0 ? null : await ExactlyAsync((int)length);
    }

    public async Task<List<byte[]>> ReadAsync(int count)
    {
        var pictures = new List<byte[]>();
        while (pictures.Count < count)
            pictures.Add(await ReadAsync() ?? throw new EndOfStreamException($"The stream ended after {pictures.Count} of {count} pictures."));
        return pictures;
    }

    /// <summary>All pictures up to the length 0, after which nothing may come but the end of the stream.</summary>
    public async Task<List<byte[]>> ReadToEndAsync()
    {
        var pictures = new List<byte[]>();
        while (await ReadAsync() is { } picture)
            pictures.Add(picture);
        using var late = new CancellationTokenSource(Patience);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], late.Token));
        return pictures;
    }

    public void Dispose() => client.Dispose();

    private async Task<byte[]> ExactlyAsync(int count)
    {
        using var late = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes, late.Token);
        all.Write(bytes);
        return bytes;
    }
}

/// <summary>What a stamped picture says, and what it was before.</summary>
internal static class Stamped
{
    public static Stamp Of(byte[] picture)
    {
        Assert.True(StampReader.TryRead(picture, out var stamp), "the picture has no stamp");
        return stamp!;
    }

    public static ulong Sequence(byte[] picture) => Of(picture).Identity.Sequence;

    /// <summary>The picture without the one segment that the stamp is, and without the trailer that may stand behind it.</summary>
    public static byte[] Without(byte[] picture)
    {
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE1], picture[..4]);
        if (AckTrailer.TryRead(picture, out _))
            picture = picture[..^AckTrailer.Length];
        return [0xFF, 0xD8, .. picture.AsSpan(4 + BinaryPrimitives.ReadUInt16BigEndian(picture.AsSpan(4)))];
    }
}
