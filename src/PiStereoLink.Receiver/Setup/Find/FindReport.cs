using System.Text.Json.Nodes;

namespace PiStereoLink.Receiver.Setup.Find;

/// <summary>Says who was found, and what SSH still remembers of somebody else.</summary>
internal sealed class FindReport(IReadOnlyList<FoundPi> found, IReadOnlyList<string> names, int neighbours, KnownHosts known)
{
    public void Tell(TextWriter to)
    {
        foreach (var one in found)
        {
            to.WriteLine($"{string.Join(", ", one.Addresses)}  {one.Name ?? "(no name)"}  {one.Mac ?? "hardware address unknown"}{(one.IsRaspberryPi == false ? " (not one of Raspberry Pi's)" : "")}  found by {string.Join(", ", one.By)}");
            to.WriteLine($"    ssh USER@{one.Name ?? one.Addresses[0].ToString()}");
            foreach (var sentence in OldKeys(one))
                to.WriteLine($"    {sentence}");
        }
        if (found.Count == 0)
            Console.Error.WriteLine($"No Raspberry Pi was found: nobody answers to {string.Join(" or ", names)}, and none of {neighbours} neighbours has a hardware address of one. Is it switched on, on this network, and its first boot three minutes ago? This asks for names only; ssh-setup.md, section 1, shows nmap -sn, which tries every address, and the router's list of devices. A firewall on this machine hides the answers unless it lets UDP from port 5353 in (`sudo ufw allow proto udp from any port 5353`).");
    }

    public JsonObject Json() => new()
    {
        ["found"] = new JsonArray([.. found.Select(one => new JsonObject
        {
            ["name"] = one.Name,
            ["addresses"] = new JsonArray([.. one.Addresses.Select(address => JsonValue.Create(address.ToString()))]),
            ["mac"] = one.Mac,
            ["isRaspberryPi"] = one.IsRaspberryPi,
            ["by"] = new JsonArray([.. one.By.Select(by => JsonValue.Create(by))]),
            ["knownHosts"] = new JsonArray([.. OldKeys(one).Select(sentence => JsonValue.Create(sentence))]),
        })]),
        ["askedFor"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
        ["neighbours"] = neighbours,
    };

    /// <summary>A card that is written anew has a new host key; only who connects sees it, so here it is said what may come.</summary>
    private IEnumerable<string> OldKeys(FoundPi one)
    {
        string[] hosts = [.. one.Name is { } name ? [name] : Array.Empty<string>(), .. one.Addresses.Select(address => address.ToString())];
        string[] seen = [.. hosts.Where(known.Knows)];
        if (seen.Length == 0)
            yield break;
        var remove = string.Join(" and ", seen.Select(host => $"`ssh-keygen -R {host}`"));
        yield return seen.Any(host => seen.Any(other => known.Differ(host, other)))
            ? $"SSH remembers different host keys for {string.Join(" and ", seen)}, so one is of another machine or of an older card: forget them with {remove}."
            : $"SSH remembers a host key for {string.Join(" and ", seen)}. If the card was written anew since, ssh will refuse with \"REMOTE HOST IDENTIFICATION HAS CHANGED\": then forget it with {remove}.";
    }
}
