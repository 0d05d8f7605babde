using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PiStereoLink.Receiver.Web;

/// <summary>Where the pages are.</summary>
public sealed class WebOptions
{
    /// <summary>A subscriber that neither takes nor answers anything for so long is asked, and after as long again given up.</summary>
    internal static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);

    /// <summary>Loopback: whoever may open it is on this machine already.</summary>
    public IPEndPoint Listen { get; set; } = new(IPAddress.Loopback, 8080);

    /// <summary>What visitors must know; null where the pages stay on this machine.</summary>
    public WebSecret? Secret { get; init; }

    /// <summary>Where a browser on this machine opens the pages, with the key where one is needed.</summary>
    public string Url
    {
        get
        {
            var any = Bound.Address.Equals(IPAddress.Any) || Bound.Address.Equals(IPAddress.IPv6Any);
            var url = $"http://{(any ? $"{Environment.MachineName}:{Bound.Port}" : Bound.ToString())}";
            return Secret is null ? url : $"{url}/?key={Secret.Text}";
        }
    }

    /// <summary>The address in use once the server has started; it differs from <see cref="Listen"/> when that asks for port 0.</summary>
    public IPEndPoint Bound => bound?.IPEndPoint ?? Listen;

    private ListenOptions? bound;

    internal void BoundBy(ListenOptions listen) => bound = listen;
}
