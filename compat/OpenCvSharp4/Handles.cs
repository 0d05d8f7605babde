using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>Owns a native cv::Mat, and the pinned array under it where it has one.</summary>
internal sealed class MatHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <summary>What an argument that was left out becomes: null, which the shims understand.</summary>
    public static readonly MatHandle None = new();

    private GCHandle pinned;

    public override bool IsInvalid => handle == 0;

    /// <summary>Keeps the array under this Mat in its place for as long as the Mat lives.</summary>
    public void Own(GCHandle pinned) => this.pinned = pinned;

    /// <summary>The header as it is now. Read in place: a call would cost more than all its fields together.</summary>
    public unsafe MatHeader Header()
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            return *(MatHeader*)handle;
        }
        finally
        {
            if (held)
                DangerousRelease();
        }
    }

    protected override bool ReleaseHandle()
    {
        Native.MatDelete(handle);
        if (pinned.IsAllocated)
            pinned.Free();
        return true;
    }
}

/// <summary>Owns one count of a native stereo matcher.</summary>
internal sealed class MatcherHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.MatcherDelete(handle);
        return true;
    }
}

/// <summary>The native Mats of a list, held until Dispose.</summary>
internal readonly ref struct MatList
{
    private readonly MatHandle[] handles;
    private readonly nint[] addresses;

    public MatList(IEnumerable<Mat> mats, [CallerArgumentExpression(nameof(mats))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(mats, name);
        handles = [.. mats.Select(mat => Argument.Of(mat, name))];
        addresses = new nint[handles.Length];
        try
        {
            for (var i = 0; i < handles.Length; i++)
            {
                var held = false;
                handles[i].DangerousAddRef(ref held);
                addresses[i] = handles[i].DangerousGetHandle();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<nint> Addresses => addresses;

    public void Dispose()
    {
        for (var i = 0; i < handles.Length && addresses[i] != 0; i++)
            handles[i].DangerousRelease();
    }
}
