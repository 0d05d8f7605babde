using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PiStereoLink.Tests;

/// <summary>A real headless Chromium with one page, driven through its debugging port.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("psl-browser-");
    private readonly ClientWebSocket page = new();
    private Process process = null!;
    private int calls;

    private Browser()
    {
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where Chromium is not installed.</summary>
    public static async Task<Browser> OpenAsync(Uri address)
    {
        var path = Tool.FindInstalled("chromium");
        var browser = new Browser();
        try
        {
            await browser.StartAsync(path, address);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a JavaScript expression is, promises awaited.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>The window as PNG.</summary>
    public async Task<byte[]> ScreenshotAsync() => Convert.FromBase64String(
        (await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }))["data"]!.GetValue<string>());

    public async ValueTask DisposeAsync()
    {
        page.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        profile.Delete(recursive: true);
    }

    private async Task StartAsync(string path, Uri address)
    {
        process = Process.Start(new ProcessStartInfo(path,
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "--window-size=1400,1000", address.ToString()])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();

        // Chromium writes the port that it got into its profile.
        var portFile = Path.Combine(profile.FullName, "DevToolsActivePort");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(portFile) && File.ReadAllLines(portFile).Length >= 2));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{File.ReadAllLines(portFile)[0]}") };
        JsonNode? target = null;
        await Until.TrueAsync(async () => (target = JsonNode.Parse(await http.GetStringAsync("/json/list", Token))!.AsArray()
            .FirstOrDefault(entry => entry!["type"]!.GetValue<string>() == "page")) is not null);
        await page.ConnectAsync(new Uri(target!["webSocketDebuggerUrl"]!.GetValue<string>()), Token);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var id = ++calls;
        await page.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }),
            WebSocketMessageType.Text, endOfMessage: true, Token);
        while (true)
        {
            var message = JsonNode.Parse(await ReceiveAsync())!;
            if (message["id"]?.GetValue<int>() == id)
                return message["result"] ?? throw new InvalidOperationException(message.ToJsonString());
        }
    }

    private async Task<byte[]> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (true)
        {
            var received = await page.ReceiveAsync(piece, Token);
            message.Write(piece, 0, received.Count);
            if (received.EndOfMessage)
                return message.ToArray();
        }
    }
}
