using PiStereoLink.Receiver.Cameras;

namespace PiStereoLink.Receiver.Web;

/// <summary>One camera's pictures, as they came.</summary>
public static class CameraEndpoints
{
    public static void MapCameras(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cameras/{node}/{camera}/stream.mjpg", StreamAsync);
        app.MapGet("/cameras/{node}/{camera}/snapshot.jpg", SnapshotAsync);
    }

    private static async Task StreamAsync(string node, string camera, CameraDirectory cameras, HttpContext context)
    {
        if (!cameras.TryFind(node, camera, out var found))
        {
            await Unknown(cameras, node, camera).ExecuteAsync(context);
            return;
        }
        Multipart.Begin(context.Response);
        await Viewing.UntilEitherEndsAsync(context, async ended =>
        {
            for (var place = Math.Max(0, found.Ring.Next - 1); ;)
            {
                await found.Ring.WaitAsync(place, ended);
                if (!found.Ring.TryTakeNewest(ref place, out var newest))
                    continue;
                using var frame = newest;
                await Multipart.WriteAsync(context.Response, frame.Bytes, frame.CapturedAt, ended);
            }
        });
    }

    private static async Task SnapshotAsync(string node, string camera, CameraDirectory cameras, HttpContext context)
    {
        if (!cameras.TryFind(node, camera, out var found))
        {
            await Unknown(cameras, node, camera).ExecuteAsync(context);
            return;
        }
        long place = 0;
        if (!found.Ring.TryTakeNewest(ref place, out var newest))
        {
            var why = found.Frames == 0
                ? $"Camera {found.Name} has sent no picture yet."
                : $"The newest picture of {found.Name} was not kept: those that nobody looks at take more than the limit KeptMegabytes (--kept-memory). Give them more, or look at its stream: what comes while somebody looks is kept.";
            await Results.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
            return;
        }
        using var frame = newest;
        context.Response.ContentType = "image/jpeg";
        context.Response.ContentLength = frame.Bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Capture-Time"] = CaptureTime.Text(frame.CapturedAt);
        context.Response.Headers["X-Camera-Time"] = CaptureTime.Text(frame.CameraTime);
        await context.Response.BodyWriter.WriteAsync(frame.Bytes, context.RequestAborted);
    }

    private static IResult Unknown(CameraDirectory cameras, string node, string camera) =>
        Results.Problem($"There is no camera {node}/{camera}. Known: {Known(cameras)}.", statusCode: StatusCodes.Status404NotFound);

    private static string Known(CameraDirectory cameras) =>
        cameras.All.Select(camera => camera.Name.ToString()).ToArray() is { Length: > 0 } names ? string.Join(", ", names) : "none so far";
}
