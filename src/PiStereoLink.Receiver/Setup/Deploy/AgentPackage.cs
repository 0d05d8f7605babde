using System.Buffers.Binary;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace PiStereoLink.Receiver.Setup.Deploy;

/// <summary>A published agent: its files, and the name that follows from their contents.</summary>
public sealed class AgentPackage
{
    private const string Program = "PiStereoLink.Agent", Assembly = Program + ".dll";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    private AgentPackage(string name) => Name = name;

    /// <summary>Its folder under /opt/pistereolink: another for other contents.</summary>
    public string Name { get; private set; }

    /// <summary>Bytes, unpacked.</summary>
    public long Size => files.Values.Sum(file => (long)file.Length);

    /// <summary>Whether a published agent needs a .NET of its machine.</summary>
    public static bool NeedsRuntime(string folder) => File.Exists(Path.Combine(folder, Assembly));

    /// <summary>Takes a published agent.</summary>
    /// <param name="folder">What <c>dotnet publish</c> wrote.</param>
    /// <param name="rid">The machine it is for.</param>
    /// <param name="dotnet">The machine's dotnet, which one that needs it is started with.</param>
    /// <exception cref="DeployException">It is none, or for another machine.</exception>
    public static AgentPackage Of(string folder, string rid, string? dotnet)
    {
        var package = new AgentPackage("");
        var whole = !NeedsRuntime(folder);
        if (whole && !File.Exists(Path.Combine(folder, Program)))
            throw new DeployException($"There is no agent in {folder}: neither {Program} nor {Assembly}. Give the folder that dotnet publish src/PiStereoLink.Agent wrote, or leave --agent out.");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal)))
            package.files[Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')] = File.ReadAllBytes(file);
        if (!whole)
            package.files[Program] = Encoding.UTF8.GetBytes($"#!/bin/sh\nexec {dotnet} \"$(dirname \"$(readlink -f \"$0\")\")/{Assembly}\" \"$@\"\n");
        else if (RidOf(package.files[Program]) is var built && built != rid)
            throw new DeployException($"The agent in {folder} is built for {built ?? "another system"}, and the machine is {rid}. Publish it with -r {rid}, or leave --agent out.");
        package.Name = "agent-" + package.Digest();
        return package;
    }

    /// <summary>As tar, with the rights that the files are to have.</summary>
    public async Task<MemoryStream> ToTarAsync(CancellationToken cancellation)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var (name, content) in files)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    Mode = name == Program ? Executable : Readable,
                    DataStream = new MemoryStream(content),
                }, cancellation);
        stream.Position = 0;
        return stream;
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0"));
            hash.AppendData(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>The machine that an ELF program is for (e_machine, at 18).</summary>
    private static string? RidOf(byte[] program) => program is [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] && program.Length > 20
        ? BinaryPrimitives.ReadUInt16LittleEndian(program.AsSpan(18)) switch { 0x28 => "linux-arm", 0x3E => "linux-x64", 0xB7 => "linux-arm64", _ => null }
        : null;
}
