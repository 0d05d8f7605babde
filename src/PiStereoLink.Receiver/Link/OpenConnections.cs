using System.Net;

namespace PiStereoLink.Receiver.Link;

/// <summary>Who is connected, and how many may be.</summary>
internal sealed class OpenConnections(FrameLimits limits)
{
    private readonly Lock gate = new();
    private readonly HashSet<OpenConnection> open = [];
    private readonly Dictionary<IPAddress, int> byAddress = [];

    public int Count
    {
        get
        {
            lock (gate)
                return open.Count;
        }
    }

    /// <summary>Takes a connection in, or says why not. When every place is taken, the one that has waited longest without a frame gives way.</summary>
    public string? Refuse(OpenConnection connection)
    {
        OpenConnection? idle = null;
        lock (gate)
        {
            var address = AddressOf(connection);
            if (byAddress.GetValueOrDefault(address) >= limits.MaxConnectionsPerAddress)
                return $"there are {limits.MaxConnectionsPerAddress} connections from one address already";
            if (open.Count >= limits.MaxConnections)
            {
                idle = open.Where(one => one.IsNew && one.Connection.AbortedBecause is null).MaxBy(one => one.Age);
                if (idle is null)
                    return $"there are {limits.MaxConnections} connections already";
            }
            open.Add(connection);
            byAddress[address] = byAddress.GetValueOrDefault(address) + 1;
        }
        idle?.Connection.Abort($"{limits.MaxConnections} connections are open, and it has sent no frame");
        return null;
    }

    public void Remove(OpenConnection connection)
    {
        lock (gate)
        {
            open.Remove(connection);
            if (--byAddress[AddressOf(connection)] == 0)
                byAddress.Remove(AddressOf(connection));
        }
    }

    /// <summary>Those that are open now.</summary>
    public OpenConnection[] All()
    {
        lock (gate)
            return [.. open];
    }

    private static IPAddress AddressOf(OpenConnection connection) => connection.Connection.Remote.Address;
}
