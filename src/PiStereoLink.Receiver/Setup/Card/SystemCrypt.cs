using System.Runtime.InteropServices;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>The crypt of this machine's libcrypt, where it is libxcrypt; it knows yescrypt.</summary>
public static partial class SystemCrypt
{
    private static readonly Lock One = new();       // crypt answers in memory of its own

    /// <summary>A new yescrypt hash at the library's usual cost, or null where there is none to be had.</summary>
    public static string? Yescrypt(string password) => Try(() => crypt_gensalt("$y$", 0, 0, 0)) is { } setting ? Hash(password, setting) : null;

    /// <summary>The password's hash with an old one's salt, or null where that kind is not understood.</summary>
    public static string? Hash(string password, string setting) =>
        Try(() => crypt(password, setting)) is { Length: > 13 } hash && hash[0] == '$' ? hash : null;      // "*0" is a failure

    private static string? Try(Func<nint> call)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            lock (One)
                return Marshal.PtrToStringAnsi(call());
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libcrypt.so.1", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint crypt(string phrase, string setting);

    [LibraryImport("libcrypt.so.1", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint crypt_gensalt(string prefix, nuint cost, nint random, int randomBytes);
}
