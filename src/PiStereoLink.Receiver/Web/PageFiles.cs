namespace PiStereoLink.Receiver.Web;

/// <summary>The page at <c>/</c>: files built into the program.</summary>
public static class PageFiles
{
    private static readonly Dictionary<string, string> MimeTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static void MapPageFiles(this IEndpointRouteBuilder app)
    {
        const string prefix = "page/";
        foreach (var resource in typeof(PageFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var file = resource[prefix.Length..];
            var mime = MimeTypes[Path.GetExtension(file)];
            app.MapGet(file == "index.html" ? "/" : $"/{file}", () => Results.Stream(typeof(PageFiles).Assembly.GetManifestResourceStream(resource)!, mime));
        }
    }
}
