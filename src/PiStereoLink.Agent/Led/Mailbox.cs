using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiStereoLink.Agent;

/// <summary>The way to the Pi's firmware: it gets a message and writes its answer into it.</summary>
public interface IMailbox : IDisposable
{
    void Exchange(Span<uint> message);
}

/// <summary>A message of one property: size in bytes, 0 for a request; tag, room for values in bytes, 0, values; 0 for the end.</summary>
internal static class MailboxMessage
{
    private const int Header = 2, TagHeader = 3;
    private const uint Done = 0x8000_0000;
    private const uint Answered = 0x8000_0000;

    /// <summary>Sends the values and returns those of the answer.</summary>
    /// <exception cref="LedException">The firmware does not know the tag.</exception>
    public static uint[] Ask(IMailbox mailbox, uint tag, ReadOnlySpan<uint> values)
    {
        Span<uint> message = stackalloc uint[Header + TagHeader + values.Length + 1];
        message.Clear();
        message[0] = (uint)message.Length * sizeof(uint);
        message[Header] = tag;
        message[Header + 1] = (uint)values.Length * sizeof(uint);
        values.CopyTo(message[(Header + TagHeader)..]);
        mailbox.Exchange(message);
        if (message[1] != Done || (message[Header + 2] & Answered) == 0)
            throw new LedException($"The firmware does not answer to {tag:x8}. An update (`sudo apt full-upgrade`) may help.");
        return message.Slice(Header + TagHeader, values.Length).ToArray();
    }
}

/// <summary><c>/dev/vcio</c> of the Raspberry Pi kernel.</summary>
internal sealed unsafe partial class VcioMailbox(string path) : IMailbox
{
    // _IOWR(100, 0, char *): the pointer's size is part of the number.
    private static readonly nuint Property = 0xC000_6400 | ((nuint)sizeof(nuint) << 16);

    private readonly SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    public void Exchange(Span<uint> message)
    {
        fixed (uint* words = message)
            if (ioctl(file, Property, words) < 0)
                throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()}.");
    }

    public void Dispose() => file.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, void* argument);
}
