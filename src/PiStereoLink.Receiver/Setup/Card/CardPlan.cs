namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>What is to be written on a boot partition, and what has to go.</summary>
/// <param name="Files">With cmdline.txt as the last, since it is what makes the others count.</param>
/// <param name="Foreign">Files of another customisation, in the way of this one.</param>
public sealed record CardPlan(IReadOnlyList<CardFile> Files, IReadOnlyList<string> Foreign)
{
    private const string CommandLine = "cmdline.txt";

    /// <summary>Every file with which some program customises a first boot.</summary>
    public static readonly string[] Customisations =
    [
        FirstRunScript.Name, "wpa_supplicant.conf", "userconf.txt", "userconf", "ssh", "ssh.txt", "custom.toml", PreseedFile.Name,
        CloudInitFiles.UserData, CloudInitFiles.Network,
    ];

    /// <param name="partition">Where it goes.</param>
    /// <param name="format">How the image takes it.</param>
    /// <param name="settings">What to set.</param>
    /// <param name="newInstance">A name for cloud-init's instance, for when the files are others than before.</param>
    public static CardPlan For(BootPartition partition, FirstBootFormat format, CardSettings settings, Func<string> newInstance)
    {
        var instance = format == FirstBootFormat.CloudInit ? Instance(partition, settings, newInstance) : "";
        var files = format switch
        {
            FirstBootFormat.CloudInit => CloudInitFiles.Of(settings, instance),
            FirstBootFormat.Preseed => [PreseedFile.Of(settings)],
            FirstBootFormat.FirstRun => [FirstRunScript.Of(settings, format)],
            _ => LegacyFiles.Of(settings, format),
        };
        var foreign = Customisations.Where(name => IsActive(partition, name) && !files.Any(file => Same(partition, file, name))).ToList();
        var before = partition.Text(CommandLine)!;
        var after = KernelCommandLine.With(before, Words(format, settings, instance));
        if (foreign.Count == 0 && KernelCommandLine.HasFirstBoot(before) && before.Trim() != after.Trim())
            foreign.Add(CommandLine);
        return new CardPlan([.. files, new CardFile(CommandLine, before.Trim() == after.Trim() ? before : after)], foreign);
    }

    /// <summary>What there is to do, file by file.</summary>
    public IReadOnlyList<CardChange> Changes(BootPartition partition) =>
    [
        .. Files.Select(file => new CardChange(file.Name, IsThere(partition, file) ? CardAction.Unchanged : CardAction.Written, file.Text)),
        .. Foreign.Where(name => !Files.Any(file => file.Name == name)).Select(name => new CardChange(name, CardAction.Removed, null)),
    ];

    /// <summary>Whether the file is there as it is to be.</summary>
    private static bool IsThere(BootPartition partition, CardFile file) => partition.Text(file.Name) == file.Text;

    private static bool Same(BootPartition partition, CardFile file, string name) => file.Name == name && IsThere(partition, file);

    /// <summary>The images come with a user-data and a network-config of comments alone.</summary>
    private static bool IsActive(BootPartition partition, string name) =>
        partition.Text(name) is { } text &&
        (name is not (CloudInitFiles.UserData or CloudInitFiles.Network) || text.Split('\n').Any(line => line.Trim() is { Length: > 0 } said && said[0] != '#'));

    private static string Instance(BootPartition partition, CardSettings settings, Func<string> newInstance) =>
        CloudInitFiles.InstanceOf(partition.Text(CloudInitFiles.MetaData)) is { } old && CloudInitFiles.Of(settings, old).All(file => IsThere(partition, file))
            ? old : newInstance();

    private static string[] Words(FirstBootFormat format, CardSettings settings, string instance) =>
    [
        .. settings.Wifi is { } wifi && format >= FirstBootFormat.FirstRun ? [KernelCommandLine.CountryIs(wifi.Country)] : Array.Empty<string>(),
        .. format switch
        {
            FirstBootFormat.CloudInit => [KernelCommandLine.CloudInit(instance)],
            FirstBootFormat.Preseed => [],
            _ => KernelCommandLine.Script($"{CardImage.MountPoint(format)}/{FirstRunScript.Name}"),
        },
    ];
}
