using System.Buffers.Binary;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>A file of OpenSSH public keys, one on each line: type, key, comment.</summary>
public static class PublicKeys
{
    private static readonly string[] Types =
    [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    /// <exception cref="InvalidDataException">It is something else; above all the private key.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"--key {path}: there is no such file; `ssh-keygen -t ed25519` makes a pair, of which ~/.ssh/id_ed25519.pub is the one to give.");
        var text = File.ReadAllText(path);
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            throw new InvalidDataException($"--key {path} is a private key, which never leaves this machine; give its public one, {(File.Exists(path + ".pub") ? path + ".pub" : "the file with .pub at its end")}.");
        string[] keys = [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0 && line[0] != '#')];
        if (keys.Length == 0)
            throw new InvalidDataException($"--key {path} holds no key; a line such as \"ssh-ed25519 AAAA... name\" is what it needs.");
        foreach (var key in keys)
            if (!IsKey(key))
                throw new InvalidDataException($"--key {path}: \"{(key.Length > 40 ? key[..40] + "..." : key)}\" is no OpenSSH public key; {string.Join(", ", Types)} and then the key are allowed.");
        return keys;
    }

    /// <summary>The key itself begins with its type once more, in front of that its length in four bytes (RFC 4253, 6.6).</summary>
    private static bool IsKey(string line)
    {
        var words = line.Split(' ', 3);
        if (words.Length < 2 || !Types.Contains(words[0]) || line.Any(char.IsControl))
            return false;
        var bytes = new byte[words[1].Length];
        if (!Convert.TryFromBase64String(words[1], bytes, out var count) || count < 4)
            return false;
        var type = Encoding.ASCII.GetBytes(words[0]);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) == type.Length && count > 4 + type.Length && bytes.AsSpan(4, type.Length).SequenceEqual(type);
    }
}
