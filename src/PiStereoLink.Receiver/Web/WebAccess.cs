using System.Net;
using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Web;

/// <summary>
/// Who may open the pages. By name: a page of another origin whose name is made to point here (DNS rebinding) is turned away; an address
/// cannot be made to. By secret: where the pages can be opened from other machines, everybody needs it, in whichever way they can give it.
/// </summary>
internal static class WebAccess
{
    private const string CookieName = "pistereolink", KeyName = "key";

    public static void UseWebAccess(this WebApplication app, WebOptions options)
    {
        app.Use((context, next) => IsOurName(context.Request.Host.Host, options) ? next(context) : RefuseAsync(context, StatusCodes.Status421MisdirectedRequest,
            $"This receiver is not called '{ForeignText.Shown(context.Request.Host.Host)}'. Use its address, or the name of the machine that it runs on."));
        app.Use((context, next) => IsOwnPage(context) ? next(context) : RefuseAsync(context, StatusCodes.Status403Forbidden,
            $"A page of {ForeignText.Shown(context.Request.Headers.Origin.ToString())} may not open a subscription here: only the receiver's own pages, and programs."));
        if (options.Secret is { } secret)
            app.Use((context, next) => AdmitAsync(context, next, secret));
    }

    private static bool IsOurName(string host, WebOptions options)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return options.Secret is not null || IPAddress.IsLoopback(address);
        string[] names = options.Secret is null ? ["localhost"] : ["localhost", Environment.MachineName, $"{Environment.MachineName}.local"];
        return names.Contains(host, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A browser lets any page open a WebSocket anywhere and says only which page it was; other requests it guards itself.</summary>
    private static bool IsOwnPage(HttpContext context) =>
        !context.Request.Headers.ContainsKey("Sec-WebSocket-Key") || context.Request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || string.Equals(origin, $"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase);

    private static Task AdmitAsync(HttpContext context, RequestDelegate next, WebSecret secret)
    {
        if (secret.IsCookie(context.Request.Cookies[CookieName]) || secret.Is(Bearer(context.Request)))
            return next(context);
        if (!secret.Is(context.Request.Query[KeyName]))
            return RefuseAsync(context, StatusCodes.Status401Unauthorized,
                $"These pages need a key. Open the address that the receiver's log shows at its start, with ?{KeyName}= in it; a program can send it as Authorization: Bearer.");
        if (context.Request.Path != "/")
            return next(context);       // a viewer of a stream: it cannot keep a cookie
        // A browser: the key goes out of the address bar and into a cookie.
        context.Response.Cookies.Append(CookieName, secret.Cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365) });
        context.Response.Redirect("/");
        return Task.CompletedTask;
    }

    private static string? Bearer(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence) =>
        Results.Problem(sentence, statusCode: status).ExecuteAsync(context);
}
