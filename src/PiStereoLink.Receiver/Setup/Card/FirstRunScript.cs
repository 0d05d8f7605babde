using System.Text;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>
/// firstrun.sh: a script that systemd runs once, as root, before the system starts, and that the kernel's command line calls. It names
/// each step that failed in firstrun.log beside it, takes itself out again, and SSH is opened only when the account is as asked for.
/// </summary>
public static class FirstRunScript
{
    public const string Name = "firstrun.sh";

    /// <summary>The shell's words are those of Buster's dash and coreutils; nothing here needs the network.</summary>
    /// <param name="settings">What to set.</param>
    /// <param name="format">Whose other files do the rest.</param>
    public static CardFile Of(CardSettings settings, FirstBootFormat format)
    {
        var account = format != FirstBootFormat.UserConf;
        var script = new StringBuilder($"""
            #!/bin/sh
            {CardFile.Origin}
            # Runs once, on the first boot, and deletes itself. firstrun.log beside it tells what was done.
            # The functions are called by their names, and dollars in quotes are meant.
            # shellcheck disable=SC2016,SC2317
            boot=$(dirname "$(readlink -f "$0")")


            """).Append(FirstRunSteps.Start);
        var steps = new List<string> { $"step hostname set_hostname {settings.Hostname}" };
        script.Append(FirstRunSteps.Hostname);
        if (account)
        {
            script.Append(FirstRunSteps.Account(settings.User, settings.PasswordHash ?? "*"));
            steps.Add("step account set_account");
        }
        if (settings.PasswordHash is null)
        {
            script.Append(FirstRunSteps.Sudo);
            steps.Add($"step sudo set_sudo {settings.User}");
        }
        if (settings.Keys.Count > 0)
        {
            script.Append(FirstRunSteps.Keys(settings.Keys));
            steps.Add("step keys set_keys");
        }
        script.Append(FirstRunSteps.Logins(settings.PasswordLogin));
        steps.Add("step logins set_logins");
        if (account)
        {
            script.Append(FirstRunSteps.Ssh);
            steps.Add("step ssh open_ssh");
        }
        if (settings.Timezone is { } zone)
        {
            script.Append(FirstRunSteps.Timezone);
            steps.Add($"step timezone set_timezone {zone}");
        }
        if (settings.Wifi is { } wifi && format == FirstBootFormat.FirstRun)
        {
            script.Append(FirstRunSteps.Wifi(NetworkProfile.Of(wifi)));
            steps.Add("step wifi set_wifi");
            steps.Add($"step country set_country {wifi.Country}");
        }
        return new CardFile(Name, script.Append(FirstRunSteps.End(steps)).ToString());
    }
}
