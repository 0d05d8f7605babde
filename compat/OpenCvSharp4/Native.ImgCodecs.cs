using System.Runtime.InteropServices;

namespace OpenCvSharp;

// native/imgcodecs.cpp
internal static partial class Native
{
    [LibraryImport(Images)]
    public static partial nint ImDecode(ReadOnlySpan<byte> bytes, int length, int flags, MatHandle image);

    [LibraryImport(Images)]
    public static partial nint ImDecodeMat(MatHandle bytes, int flags, MatHandle image);

    [LibraryImport(Images, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ImEncode(string extension, MatHandle image, ReadOnlySpan<int> parameters, int count, MatHandle bytes, out int encoded);

    [LibraryImport(Images, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ImRead(string file, int flags, MatHandle image);

    [LibraryImport(Images, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ImWrite(string file, MatHandle image, ReadOnlySpan<int> parameters, int count, out int written);

    [LibraryImport(Images, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ImWriteMany(string file, ReadOnlySpan<nint> images, int imageCount, ReadOnlySpan<int> parameters, int count, out int written);
}
