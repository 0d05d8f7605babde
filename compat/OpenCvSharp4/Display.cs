using System.Net.Sockets;

namespace OpenCvSharp;

/// <summary>Whether a window can be opened. Qt, which is behind Debian's highgui, ends the process if not (exit code 134).</summary>
internal static class Display
{
    private const string Sockets = "/tmp/.X11-unix/X";

    /// <exception cref="OpenCVException">There is none.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsLinux() && !IsThere())
            throw new OpenCVException(ErrorCode.StsError, nameof(Cv2.NamedWindow), "There is no display here: neither DISPLAY nor WAYLAND_DISPLAY names one that answers.", "", 0);
    }

    private static bool IsThere() =>
        Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } x ? Answers(x)
        : Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 } wayland
            && File.Exists(Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run/user", wayland));

    /// <summary>A display of this machine, <c>:0</c> or <c>:0.0</c>, has a socket; one of another is believed.</summary>
    private static bool Answers(string display)
    {
        if (!display.StartsWith(':') && !display.StartsWith("unix:", StringComparison.Ordinal))
            return true;
        var number = display[(display.IndexOf(':') + 1)..].Split('.')[0];
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Sockets + number));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
