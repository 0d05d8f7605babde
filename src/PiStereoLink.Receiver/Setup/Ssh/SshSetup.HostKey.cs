namespace PiStereoLink.Receiver.Setup.Ssh;

// Whether the machine that answers is the one that is meant.
internal sealed partial class SshSetup
{
    private async Task HostKeyAsync(SshSettings settings, CancellationToken cancellation)
    {
        if (await KnownHost.IsKnownAsync(settings, cancellation))
        {
            steps.Already("host-key", $"The host key of {wishes.Target.Host} is known here.");
            return;
        }
        if (settings.IsIndirect)
            throw new SshException(SshFault.HostKeyUnknown, $"The host key of {wishes.Target.Host} is not known here, and the way there leads through another machine. Log in once by hand, ssh {wishes.Target.Destination}, and run this again.");
        var shown = await KnownHost.AskAsync(settings, cancellation);
        if (shown.Count == 0)   // ssh says why
            await using (await SshLogin.OpenAsync(wishes.Target, new() { MayAsk = false }, cancellation))
                throw new SshException(SshFault.Other, $"{wishes.Target.Host} shows no host key. Log in once by hand, ssh {wishes.Target.Destination}, and run this again.");
        var prints = string.Join(", ", shown);
        if (!steps.Go("host-key", $"Ask whether the fingerprint of {wishes.Target.Host} is right, and remember it: {prints}."))
            return;
        var right = Right(shown, prints);
        KnownHost.Remember(settings, right);
        steps.Done("host-key", $"The host key of {wishes.Target.Host} is remembered: {string.Join(", ", right)}.");
    }

    private IReadOnlyList<ShownKey> Right(IReadOnlyList<ShownKey> shown, string prints)
    {
        if (wishes.Fingerprint is { } wanted)
            return shown.Where(one => one.Fingerprint == wanted).ToArray() is { Length: > 0 } found ? found
                : throw new SshException(SshFault.HostKeyUnknown, $"{wishes.Target.Host} shows {prints}, and --fingerprint says {wanted}. Read it at the Pi's own screen: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; if it differs there too, something else answers under this name.");
        if (wishes.AcceptNew)
            return shown;
        var answer = Asker.Ask($"{wishes.Target.Host} is not known here. It shows the fingerprint {prints}. Is it right (yes/no)? ")
            ?? throw new SshException(SshFault.HostKeyUnknown, $"{wishes.Target.Host} is not known here, and there is no terminal to ask you on. It shows {prints}; if that is right, say so: --fingerprint {shown[0].Fingerprint}, or --accept-new.");
        return answer is "yes" or "y" ? shown : throw new SshException(SshFault.HostKeyUnknown, $"The fingerprint of {wishes.Target.Host} was not said to be right, so nothing was done. It stands at the Pi's own screen: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub.");
    }
}
