using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

/// <summary>Owns a native cv::Mat, and the pinned array under it where it has one.</summary>
internal sealed class MatHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <summary>What an argument that was left out becomes: null, which the shims understand.</summary>
    public static readonly MatHandle None = new();

    private GCHandle _pinned;

    public override bool IsInvalid => handle == 0;

    /// <summary>Keeps the array under this Mat in its place for as long as the Mat lives.</summary>
    public void Own(GCHandle pinned) => _pinned = pinned;

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
        if (_pinned.IsAllocated)
            _pinned.Free();
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
    private readonly MatHandle[] _handles;
    private readonly nint[] _addresses;

    public MatList(IEnumerable<Mat> mats, [CallerArgumentExpression(nameof(mats))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(mats, name);
        _handles = [.. mats.Select(mat => Argument.Of(mat, name))];
        _addresses = new nint[_handles.Length];
        try
        {
            for (var i = 0; i < _handles.Length; i++)
            {
                var held = false;
                _handles[i].DangerousAddRef(ref held);
                _addresses[i] = _handles[i].DangerousGetHandle();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<nint> Addresses => _addresses;

    public void Dispose()
    {
        for (var i = 0; i < _handles.Length && _addresses[i] != 0; i++)
            _handles[i].DangerousRelease();
    }
}
