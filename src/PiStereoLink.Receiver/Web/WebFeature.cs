using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PiStereoLink.Receiver.Web;

public static class WebFeature
{
    public static void AddWeb(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<StatusSource>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, StatusJson.Default));
        services.AddSingleton(options);
    }

    public static void ListenForPages(this KestrelServerOptions kestrel, WebOptions options) => kestrel.Listen(options.Listen, options.BoundBy);

    public static void MapWeb(this WebApplication app)
    {
        app.Services.GetRequiredService<StatusSource>();      // uptime counts from here
        app.Use(static (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-cache";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return next(context);
        });
        app.UseWebAccess(app.Services.GetRequiredService<WebOptions>());
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = WebOptions.SilenceLimit, KeepAliveTimeout = WebOptions.SilenceLimit });
        app.MapPageFiles();
        app.MapCameras();
        app.MapRigs();
        app.MapGet("/api/status", (StatusSource status) => Results.Json(status.Now(), StatusJson.Default.Status));
        app.MapGet("/metrics", (StatusSource status) => Results.Text(Metrics.Write(status.Now()), Metrics.ContentType));
        app.MapGet("/healthz", Health);
        app.MapGet("/readyz", Health);
    }

    /// <summary>
    /// 200 while frames are kept as asked; 503 with the reason while the store takes none. A node over its quota is told and is no 503: the others
    /// go on, and whoever may send frames could otherwise bring that about.
    /// </summary>
    private static IResult Health(StatusSource source) => source.Now().Store switch
    {
        { Healthy: false, Directory: var directory } => Results.Text($"The store {directory} takes no frames; see the log.\n", statusCode: StatusCodes.Status503ServiceUnavailable),
        { Quota: { Full: [_, ..] full, LimitBytes: var limit } } => Results.Text($"ok, but not kept are frames of {string.Join(", ", full.Select(static one => one.Node))}: over the quota of {limit >> 20} MB a node.\n"),
        _ => Results.Text("ok\n"),
    };
}
