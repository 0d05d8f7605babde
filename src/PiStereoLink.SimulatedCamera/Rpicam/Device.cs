using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Rpicam;

/// <summary>A camera that one process can have: a file in a folder, held open and locked until the process ends, however it ends.</summary>
internal static class Device
{
    private const string Variable = "PISTEREOLINK_SIM_DEVICES";

    private static FileStream? held;

    /// <summary>Takes the camera of an eye; false when another process has it. Without a folder everybody has one of his own.</summary>
    public static bool TryTake(Eye eye)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return true;
        Directory.CreateDirectory(folder);
        try
        {
            held = new FileStream(Path.Combine(folder, $"video{(int)eye}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return held.CanWrite;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
