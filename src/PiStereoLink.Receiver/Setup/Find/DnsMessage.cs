using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>What one asks a name server: the address of a name, or the name of an address.</summary>
public enum DnsType
{
    AddressOf = 1,
    NameOf = 12,
}

/// <summary>One record of an answer.</summary>
/// <param name="Name">What it is about, without the dot at its end.</param>
/// <param name="Address">The name's IPv4 address, or null.</param>
/// <param name="Target">The name that this address has, or null.</param>
public sealed record DnsRecord(string Name, IPAddress? Address, string? Target);

/// <summary>The part of DNS (RFC 1035, section 4) that a question by multicast takes.</summary>
public static class DnsMessage
{
    private const int Header = 12, MostLabel = 63, MostName = 255, Internet = 1;

    public static byte[] Question(IReadOnlyCollection<(string Name, DnsType Type)> questions)
    {
        using var bytes = new MemoryStream();
        Span<byte> header = stackalloc byte[Header];
        header.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)questions.Count);
        bytes.Write(header);
        foreach (var (name, type) in questions)
        {
            foreach (var label in name.Split('.').Select(Encoding.UTF8.GetBytes))
            {
                if (label.Length is 0 or > MostLabel)
                    throw new FormatException($"The name {name} has a part of {label.Length} bytes; 1 to {MostLabel} are allowed between the dots.");
                bytes.WriteByte((byte)label.Length);
                bytes.Write(label);
            }
            bytes.Write([0, 0, (byte)type, 0, Internet]);
        }
        return bytes.ToArray();
    }

    /// <summary>The addresses and names in an answer; empty for what is no answer, or is broken.</summary>
    public static IReadOnlyList<DnsRecord> Answers(ReadOnlySpan<byte> message)
    {
        var records = new List<DnsRecord>();
        if (message.Length < Header || (message[2] & 0x80) == 0)
            return records;
        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        var at = Header;
        for (; questions > 0; questions--)
            if (Name(message, ref at) is null || (at += 4) > message.Length)
                return records;
        for (; answers > 0; answers--)
        {
            if (Name(message, ref at) is not { } name || at + 10 > message.Length)
                return records;
            var (type, length, data) = (BinaryPrimitives.ReadUInt16BigEndian(message[at..]), BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]), at + 10);
            at = data + length;
            if (at > message.Length)
                return records;
            if (type == (int)DnsType.AddressOf && length == 4)
                records.Add(new DnsRecord(name, new IPAddress(message.Slice(data, 4)), null));
            else if (type == (int)DnsType.NameOf && Name(message, ref data) is { } target)
                records.Add(new DnsRecord(name, null, target));
        }
        return records;
    }

    /// <summary>A name, whose end may stand earlier in the message (RFC 1035, 4.1.4); each jump goes back, so it comes to an end.</summary>
    private static string? Name(ReadOnlySpan<byte> message, ref int at)
    {
        var text = new StringBuilder();
        var (from, limit) = (at, at);
        var jumped = false;
        while (from < message.Length && text.Length <= MostName)
        {
            int length = message[from];
            if (length >= 0xC0)
            {
                if (from + 1 >= message.Length)
                    return null;
                var target = ((length & 0x3F) << 8) | message[from + 1];
                if (!jumped)
                    at = from + 2;
                if (target >= limit)
                    return null;
                (from, limit, jumped) = (target, target, true);
                continue;
            }
            if (length > MostLabel || from + 1 + length > message.Length)
                return null;
            if (length == 0)
            {
                if (!jumped)
                    at = from + 1;
                return text.ToString();
            }
            text.Append(text.Length > 0 ? "." : "").Append(Encoding.UTF8.GetString(message.Slice(from + 1, length)));
            from += 1 + length;
        }
        return null;
    }
}
