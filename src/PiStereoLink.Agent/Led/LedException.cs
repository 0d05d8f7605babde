namespace PiStereoLink.Agent;

/// <summary>An LED cannot be switched. The message says why and what can be done instead.</summary>
public sealed class LedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Does something with a device or a file, whose failures become one sentence about <paramref name="place"/>.</summary>
    /// <param name="place">What the user knows it as.</param>
    /// <param name="permission">What to do when this user may not.</param>
    /// <param name="act">What to do.</param>
    internal static T Told<T>(string place, string permission, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is UnauthorizedAccessException || IsPermission(e))
        {
            throw new LedException($"This user may not use {place}. {permission}", e);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or PlatformNotSupportedException or DllNotFoundException)
        {
            throw new LedException($"{char.ToUpperInvariant(place[0])}{place[1..]} cannot be used: {e.Message}", e);
        }
    }

    internal static void Told(string place, string permission, Action act) => Told(place, permission, () =>
    {
        act();
        return 0;
    });

    // libgpiod passes errno 13, EACCES, on in words only.
    private static bool IsPermission(Exception e) => e is IOException && e.Message.Contains("error: 13", StringComparison.Ordinal);
}
