using PiStereoLink.SimulatedCamera.Optics;

namespace PiStereoLink.SimulatedCamera.Truth;

/// <summary>The folder in which anyone can look up what the rig really is and how far away everything really was.</summary>
internal sealed class TruthFolder(string path, StereoRig rig)
{
    /// <summary>Every tenth instant of the grid has its depth written.</summary>
    public const int Every = 10;

    private const string Variable = "PISTEREOLINK_SIM_TRUTH";

    // A minute at 10 frames a second, 74 MB at 640x480.
    private const int DepthsKept = 60;

    /// <summary>The folder that the environment names, with the rig in it, or null.</summary>
    public static TruthFolder? FromEnvironment(StereoRig rig)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
            return null;
        Directory.CreateDirectory(path);
        var folder = new TruthFolder(path, rig);
        folder.Put("rig.npz", stream => RigFile.Write(stream, rig));
        return folder;
    }

    /// <summary>Writes the left eye's depths in metres for a wall clock time in nanoseconds.</summary>
    public void PutLeftDepths(long wallClockNanoseconds, float[] depths)
    {
        Put($"left-{wallClockNanoseconds / 1000}.pfm", stream => Pfm.Write(stream, depths, rig.Width, rig.Height));
        // Times of one length sort as text.
        foreach (var old in Directory.GetFiles(path, "left-*.pfm").OrderDescending(StringComparer.Ordinal).Skip(DepthsKept))
            File.Delete(old);
    }

    // A reader, or the other eye, never meets half a file.
    private void Put(string name, Action<Stream> write)
    {
        var temporary = Path.Combine(path, $".{name}.{Environment.ProcessId}.part");
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite))
            write(stream);
        File.Move(temporary, Path.Combine(path, name), overwrite: true);
    }
}
