using System.Globalization;
using PiStereoLink.Receiver.Cameras;
using PiStereoLink.Receiver.Depth;
using PiStereoLink.Receiver.Pairing;
using PiStereoLink.Vision;

namespace PiStereoLink.Receiver.Web;

/// <summary>One rig's depth. Asking is watching: the rig works while somebody asks.</summary>
public static class RigEndpoints
{
    /// <summary>How long a single answer waits for a pair.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapRigs(this IEndpointRouteBuilder app)
    {
        var rig = app.MapGroup("/rigs/{name}").AddEndpointFilter(KnownRigAsync);
        rig.MapGet("/disparity.mjpg", StreamAsync);
        rig.MapGet("/disparity.png", PngAsync);
        rig.MapGet("/disparity", SubscribeAsync);
        rig.MapGet("/cloud.ply", CloudAsync);
        rig.MapGet("/calibration", Calibration);
        rig.MapGet("/calibration.npz", CalibrationFile);
    }

    private static Rig RigOf(HttpContext context) => (Rig)context.Items[typeof(Rig)]!;

    private static ValueTask<object?> KnownRigAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var rigs = context.RequestServices.GetRequiredService<RigDirectory>();
        var name = (string)context.GetRouteValue("name")!;
        if (!rigs.TryFind(name, out var rig))
        {
            var known = string.Join(", ", rigs.All.Select(known => known.Name));
            return ValueTask.FromResult<object?>(Results.Problem(
                $"There is no rig {name}. Known: {(known.Length > 0 ? known : "none; start the receiver with --rig NAME=LEFT,RIGHT")}.",
                statusCode: StatusCodes.Status404NotFound));
        }
        context.Items[typeof(Rig)] = rig;
        return next(invocation);
    }

    private static async Task StreamAsync(HttpContext context)
    {
        var rig = RigOf(context);
        using var watch = rig.Watch();
        Multipart.Begin(context.Response);
        await Viewing.UntilEitherEndsAsync(context, async ended =>
        {
            for (var seen = rig.Depth.Version; ;)
            {
                (var depth, seen) = await rig.Depth.NextAsync(seen, ended);
                await Multipart.WriteAsync(context.Response, depth.Picture, depth.CapturedAt, ended);
            }
        });
    }

    // A handler of HttpContext alone would pass for a RequestDelegate and its result be dropped.
    private static Task<IResult> PngAsync(HttpContext context, RigDirectory _) => DisparityPng.Holds(RigOf(context).Parameters)
        ? NextAsync(context, depth => (DisparityPng.Encode(depth.Frame.Disparity), "image/png"))
        : Task.FromResult(TooWide(RigOf(context)));

    private static async Task<IResult> SubscribeAsync(HttpContext context, string? every, string? picture)
    {
        var (subscription, fault) = DisparitySubscription.Of(RigOf(context), every, picture);
        if (subscription is null)
            return Results.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        if (!DisparityPng.Holds(RigOf(context).Parameters))
            return TooWide(RigOf(context));
        if (!context.WebSockets.IsWebSocketRequest)
            return Results.Problem("This address is a subscription: open it as a WebSocket, such as with receiver pointcloud --from. For one disparity: /disparity.png.",
                statusCode: StatusCodes.Status426UpgradeRequired);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await Viewing.UntilEitherEndsAsync(context, ended => subscription.RunAsync(socket, ended));
        return Results.Empty;
    }

    private static async Task<IResult> CloudAsync(HttpContext context, string? range)
    {
        if (!TryParseRange(range, out var near, out var far))
            return Results.Problem($"range '{range}' is not NEAR:FAR in metres, such as 0.2:7.5.", statusCode: StatusCodes.Status400BadRequest);
        if (RigOf(context).Calibration?.BaselineMetres is null)
            return NoCalibration(RigOf(context), ", so there are no points in metres");
        return await NextAsync(context, depth => (depth.Frame.ToPointCloud(near, far).ToPly(), "application/octet-stream"));
    }

    private static IResult Calibration(HttpContext context, RigDirectory _)
    {
        var rig = RigOf(context);
        return rig.Calibration is { } calibration
            ? Results.Json(CalibrationAnswer.Of(calibration), StatusJson.Default.CalibrationAnswer)
            : NoCalibration(rig);
    }

    private static IResult CalibrationFile(HttpContext context, RigDirectory _)
    {
        if (RigOf(context) is not { Calibration: { } calibration } rig)
            return NoCalibration(RigOf(context));
        var file = new MemoryStream();
        calibration.Write(file);
        return Results.File(file.ToArray(), "application/octet-stream", $"{rig.Name}.npz");
    }

    /// <summary>Waits for the next pair's depth and answers with what is made of it.</summary>
    private static async Task<IResult> NextAsync(HttpContext context, Func<RigDepth, (byte[] Body, string Type)> make)
    {
        var rig = RigOf(context);
        using var watch = rig.Watch();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            var (depth, _) = await rig.Depth.NextAsync(rig.Depth.Version, patience.Token);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Pair-Sequence"] = depth.Sequence.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["X-Capture-Time"] = CaptureTime.Text(depth.CapturedAt);
            context.Response.Headers["X-Camera-Time"] = CaptureTime.Text(depth.CameraTime);
            var (body, type) = make(depth);
            return Results.Bytes(body, type);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Results.Problem($"Rig {rig.Name} had no pair within {Patience.TotalSeconds:0} s: {WhyNone(rig)}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static string WhyNone(Rig rig) => rig.Error ?? (State(rig.Left), State(rig.Right)) switch
    {
        (null, null) => "both cameras send, but no two frames are close enough in time. See /api/status for the skew.",
        var (left, right) => $"{string.Join(" and ", new[] { left, right }.OfType<string>())}.",
    };

    private static string? State(Camera camera) => camera switch
    {
        { IsConnected: true, SinceLastFrame: { } since } when since < Patience => null,
        { IsConnected: true } => $"{camera.Name} is connected and sends nothing",
        { SinceLastFrame: not null } => $"{camera.Name} is gone",
        _ => $"{camera.Name} has never connected",
    };

    private static IResult TooWide(Rig rig) => Results.Problem(
        $"The preset of rig {rig.Name} looks for up to {rig.Parameters.MinDisparity + rig.Parameters.NumDisparities} px, and a 16-bit PNG holds less than {DisparityPng.Scale}: give it smaller minDisparity and numDisparities.",
        statusCode: StatusCodes.Status409Conflict);

    private static IResult NoCalibration(Rig rig, string therefore = "") =>
        Results.Problem($"Rig {rig.Name} has no calibration{therefore}. Start the receiver with --rig {rig.Name}={rig.Left.Name},{rig.Right.Name},FILE.npz.",
            statusCode: StatusCodes.Status404NotFound);

    private static bool TryParseRange(string? text, out double near, out double far)
    {
        (near, far) = (PointCloud.DefaultNearMetres, PointCloud.DefaultFarMetres);
        if (text is null)
            return true;
        var parts = text.Split(':');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out near)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out far)
            && near >= 0 && far > near;
    }
}
