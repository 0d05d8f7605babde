using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PiStereoLink.Receiver.Web;

/// <summary>Where the pages are.</summary>
public sealed class WebOptions
{
    /// <summary>Loopback: whoever may open it is on this machine already.</summary>
    public IPEndPoint Listen { get; set; } = new(IPAddress.Loopback, 8080);

    /// <summary>The address in use once the server has started; it differs from <see cref="Listen"/> when that asks for port 0.</summary>
    public IPEndPoint Bound => bound?.IPEndPoint ?? Listen;

    private ListenOptions? bound;

    internal void BoundBy(ListenOptions listen) => bound = listen;
}
