using PiStereoLink.Protocol;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>A picture to look at before anything is installed: the camera program takes it, and it is brought home.</summary>
/// <param name="File">Where it lies here.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record TestShot(string File, int Bytes, int Width, int Height)
{
    /// <summary>What the programs say when another one has the camera: libcamera's three ways, and the legacy stack's.</summary>
    private static readonly string[] Busy = ["in use by another process", "failed to acquire camera", "Device or resource busy", "ENOSPC", "Out of resources"];

    /// <exception cref="DeployException">There is no picture.</exception>
    public static async Task<TestShot> TakeAsync(Pi pi, Machine machine, string program, string file, CancellationToken cancellation)
    {
        var (picture, words) = await pi.ShootAsync(program);
        var last = words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()?.TrimEnd('.') ?? "it said nothing";
        if (picture.Length == 0)
            throw new DeployException(Busy.Any(sign => words.Contains(sign, StringComparison.OrdinalIgnoreCase))
                ? $"The camera of {machine.Name} is busy: {program} says \"{ForeignText.Shown(last)}\". Only one program can have it: end the other one there (sudo fuser -v /dev/video0 names it), and run this again."
                : $"{program} took no picture on {machine.Name}: {ForeignText.Shown(last)}. Try it there by hand, {program} -o test.jpg; --no-test-shot goes on without.");
        return await KeepAsync(picture, file, cancellation)
            ?? throw new DeployException($"What {program} wrote on {machine.Name} is not a whole JPEG ({picture.Length} bytes). Try it there by hand, {program} -o test.jpg; --no-test-shot goes on without.");
    }

    /// <summary>Keeps a picture; null when it is no whole JPEG.</summary>
    public static async Task<TestShot?> KeepAsync(byte[] picture, string file, CancellationToken cancellation)
    {
        var jpeg = JpegScanner.Check(picture);
        if (jpeg.Fault != JpegFault.None)
            return null;
        await System.IO.File.WriteAllBytesAsync(file, picture, cancellation);
        return new(System.IO.Path.GetFullPath(file), picture.Length, jpeg.Width, jpeg.Height);
    }
}
