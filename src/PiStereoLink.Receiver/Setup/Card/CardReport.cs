using System.Globalization;
using System.Text.Json.Nodes;

namespace PiStereoLink.Receiver.Setup.Card;

/// <summary>Says what was done to a card; never a secret.</summary>
internal sealed class CardReport(BootPartition partition, CardImage image, CardSettings settings, IReadOnlyList<CardChange> changes)
{
    /// <summary>The files as they would be, on stderr.</summary>
    public static void Show(IEnumerable<CardFile> files)
    {
        foreach (var file in files)
            Console.Error.WriteLine($"---- {file.Name}\n{file.Text}");
    }

    public void Tell(bool dryRun, bool asJson)
    {
        var to = asJson ? Console.Error : Console.Out;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{partition.Folder}: Raspberry Pi OS {image.Release} of {image.Date:yyyy-MM-dd}, which takes {CardImage.NameOf(image.Format)}."));
        foreach (var change in changes)
            to.WriteLine($"  {change.Name} {(dryRun ? Would(change.Action) : change.Action.ToString().ToLowerInvariant())}");
        to.WriteLine($"{settings.User} logs in with {(settings.PasswordLogin ? "the password" : "the key")}{(settings.Wifi is { } wifi ? $", over the Wi-Fi {wifi.Ssid} ({wifi.Country})" : ", over a cable")}.");
        if (!dryRun)
            to.WriteLine($"Eject the card, put it into the Pi, give it three minutes; then: ./pistereolink find --name {settings.Hostname}");
        if (asJson)
            Console.WriteLine(Json(dryRun).ToJsonString());
    }

    private static string Would(CardAction action) => action switch
    {
        CardAction.Written => "would be written",
        CardAction.Removed => "would be removed",
        _ => "would stay",
    };

    private JsonObject Json(bool dryRun) => new()
    {
        ["boot"] = partition.Folder,
        ["release"] = image.Release,
        ["imageDate"] = image.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["format"] = CardImage.NameOf(image.Format),
        ["files"] = new JsonArray([.. changes.Select(change => new JsonObject { ["name"] = change.Name, ["action"] = change.Action.ToString().ToLowerInvariant() })]),
        ["changed"] = changes.Any(change => change.Action != CardAction.Unchanged),
        ["dryRun"] = dryRun,
        ["user"] = settings.User,
        ["hostname"] = settings.Hostname,
        ["passwordHashKind"] = settings.PasswordHash?.Split('$')[1],
        ["passwordLogin"] = settings.PasswordLogin,
        ["keys"] = settings.Keys.Count,
        ["wifi"] = settings.Wifi is { } wifi
            ? new JsonObject { ["ssid"] = wifi.Ssid, ["country"] = wifi.Country, ["hidden"] = wifi.Hidden, ["wpa3"] = wifi.Wpa3 }
            : null,
        ["timezone"] = settings.Timezone,
    };
}
