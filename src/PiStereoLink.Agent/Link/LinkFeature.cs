using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiStereoLink.Protocol;

namespace PiStereoLink.Agent;

/// <summary>Makes the links to the receiver that the options name: one connection carries one camera.</summary>
public sealed class LinkFactory(IOptions<AgentOptions> options, Tally tally, TimeProvider time, ILogger<Link> logger)
{
    public Link For(CameraName camera) =>
        ReceiverAddress.TryParse(options.Value.To ?? "", out var to)
            ? new Link(camera, to!, tally, time, logger)
            : throw new InvalidOperationException("The options were not validated.");
}

internal static class LinkFeature
{
    public static HostApplicationBuilder AddLink(this HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LinkFactory>();
        return builder;
    }
}
