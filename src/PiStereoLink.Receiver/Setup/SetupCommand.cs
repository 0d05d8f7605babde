using System.CommandLine;
using PiStereoLink.Receiver.Setup.Card;
using PiStereoLink.Receiver.Setup.Deploy;
using PiStereoLink.Receiver.Setup.Find;
using PiStereoLink.Receiver.Setup.Ssh;

namespace PiStereoLink.Receiver.Setup;

/// <summary>
/// <c>receiver setup …</c>: from a blank card to a running node. Each of its verbs is also one of <c>./pistereolink</c>.
/// </summary>
internal sealed class SetupCommand : Command
{
    public SetupCommand()
        : base("setup", "From a blank card to a running node on a Raspberry Pi.")
    {
        Subcommands.Add(new SdCardCommand());
        Subcommands.Add(new FindCommand());
        Subcommands.Add(new SshSetupCommand());
        Subcommands.Add(DeployCommand.Deploy());
        Subcommands.Add(DeployCommand.Upgrade());
        Subcommands.Add(new PiStatusCommand());
        Subcommands.Add(new LogsCommand());
        Subcommands.Add(new UndeployCommand());
    }
}
