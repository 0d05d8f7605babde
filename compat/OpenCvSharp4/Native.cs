using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Structs cross the border as they lie in memory; nothing is converted behind our back.
[assembly: DisableRuntimeMarshalling]

namespace OpenCvSharp;

/// <summary>The door to the shims in <c>native/</c>: a function here and the C++ function that it calls have the same name.</summary>
/// <remarks>
/// Every function returns null or the address of an error, and takes handles, not pointers: the call holds each of them,
/// so a Dispose on another thread waits for its end and a call after a Dispose throws ObjectDisposedException.
/// </remarks>
internal static partial class Native
{
    // They lie beside the assembly, where the runtime looks first; each loads at its first call.
    private const string OpenCv = "pistereolink-opencv";
    private const string Images = "pistereolink-images";
    private const string Video = "pistereolink-video";
    private const string Windows = "pistereolink-windows";

    public static void Check(nint error)
    {
        if (error != 0)
            Throw(error);
    }

    [DoesNotReturn]
    private static unsafe void Throw(nint address)
    {
        // The text lives until this thread's next error: copy it now.
        ref readonly var error = ref Unsafe.AsRef<NativeError>((void*)address);
        throw new OpenCVException((ErrorCode)error.Status, Text(error.Function), Text(error.Message), Text(error.File), error.Line);
    }

    private static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    // The same layout as Error in shim.h.
    private readonly record struct NativeError(int Status, int Line, nint Function, nint Message, nint File);
}
