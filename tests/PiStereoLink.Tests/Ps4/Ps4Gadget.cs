using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Versioning;

namespace PiStereoLink.Tests.Ps4;

/// <summary>
/// A camera that waits for firmware, played by this machine: a FunctionFS gadget (the kernel's Documentation/usb/functionfs.rst) on dummy_hcd,
/// a USB whose both ends are here. It keeps what it is sent, and comes back as 05a9:058a when it is started. Needs root and the modules
/// dummy_hcd, libcomposite and usb_f_fs.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Ps4Gadget : IDisposable
{
    private const string Gadgets = "/sys/kernel/config/usb_gadget", Controllers = "/sys/class/udc";
    private const int IdentifierRemoved = 43;       // EIDRM: the host has given up this transfer and begun another
    private const byte Unbound = 1, SetUp = 4;      // usb_functionfs_event_type
    private const int EventBytes = 12;

    private readonly string name = $"psl-{Environment.ProcessId}";
    private readonly string folder;
    private readonly DirectoryInfo functions = Directory.CreateTempSubdirectory("psl-gadget-");
    private readonly FileStream control;
    private readonly Thread thread;
    private volatile bool ending;

    public Ps4Gadget()
    {
        folder = Path.Combine(Gadgets, name);
        Directory.CreateDirectory(Path.Combine(folder, "strings/0x409"));
        Directory.CreateDirectory(Path.Combine(folder, "configs/c.1"));
        Directory.CreateDirectory(Path.Combine(folder, "functions/ffs." + name));
        Write("idVendor", "0x05a9");
        Write("idProduct", "0x0580");
        Write("strings/0x409/product", "USB Boot");
        File.CreateSymbolicLink(Path.Combine(folder, "configs/c.1/ffs." + name), Path.Combine(folder, "functions/ffs." + name));
        Run("mount", "-t", "functionfs", name, functions.FullName);
        control = new FileStream(Path.Combine(functions.FullName, "ep0"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        control.Write(Descriptors());
        control.Write(Words(2, 16, 0, 0));          // no strings
        thread = new Thread(Serve) { IsBackground = true };
        thread.Start();
        Plug();
    }

    /// <summary>Value, index and bytes of each vendor request.</summary>
    public List<(ushort Value, ushort Index, byte[] Data)> Taken { get; } = [];

    /// <summary>All but the command that starts it.</summary>
    public byte[] Firmware => [.. Taken.Where(transfer => transfer.Index != 0x8018).SelectMany(transfer => transfer.Data)];

    /// <summary>Null when it can run here.</summary>
    public static string? WhyNot() =>
        !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "A USB gadget needs Linux and root."
        : !Directory.Exists(Gadgets) || Controller() is null ? "The modules dummy_hcd, libcomposite and usb_f_fs are not loaded, or configfs is not mounted."
        : null;

    public void Dispose()
    {
        ending = true;
        Unplug();
        thread.Join();
        control.Dispose();
        Run("umount", functions.FullName);
        File.Delete(Path.Combine(folder, "configs/c.1/ffs." + name));
        foreach (var part in new[] { "functions/ffs." + name, "configs/c.1", "strings/0x409", "" })
            Directory.Delete(Path.Combine(folder, part));       // configfs: its files go with their folder
        functions.Delete();
    }

    private void Plug() => Write("UDC", Controller()!);

    private void Unplug() => Write("UDC", "\n");

    private void Serve()
    {
        var events = new byte[4 * EventBytes];
        while (true)
        {
            try
            {
                var got = control.Read(events);
                for (var at = 0; at + EventBytes <= got; at += EventBytes)
                    if (events[at + 8] == SetUp)
                        Take(events.AsSpan(at, 8));
                    else if (events[at + 8] == Unbound && ending)
                        return;
            }
            catch (IOException e) when (e.HResult == IdentifierRemoved)
            {
                // The next event tells what the host does instead.
            }
        }
    }

    private void Take(ReadOnlySpan<byte> setup)
    {
        var data = new byte[BinaryPrimitives.ReadUInt16LittleEndian(setup[6..])];
        control.ReadExactly(data);
        var (value, index) = (BinaryPrimitives.ReadUInt16LittleEndian(setup[2..]), BinaryPrimitives.ReadUInt16LittleEndian(setup[4..]));
        lock (Taken)
            Taken.Add((value, index, data));
        if ((setup[0], value, index) != (0x40, 0x2200, 0x8018))
            return;
        Unplug();
        Write("idProduct", "0x058a");
        Plug();
    }

    private static string? Controller() => !Directory.Exists(Controllers) ? null :
        Directory.EnumerateFileSystemEntries(Controllers, "dummy_udc.*").Select(Path.GetFileName).FirstOrDefault();

    /// <summary>One interface of the vendor's own with one bulk endpoint, at full and at high speed; requests to the device come to us too.</summary>
    private static byte[] Descriptors()
    {
        const int HasFullSpeed = 1, HasHighSpeed = 2, AllRequests = 64;
        byte[] alike = [9, 4, 0, 0, 1, 0xFF, 0, 0, 0, 7, 5, 0x81, 2];
        byte[] full = [.. alike, 64, 0, 0], high = [.. alike, 0, 2, 0];
        return [.. Words(3, 20 + full.Length + high.Length, HasFullSpeed | HasHighSpeed | AllRequests, 2, 2), .. full, .. high];
    }

    private static byte[] Words(params int[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    private static void Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."));
    }
}
