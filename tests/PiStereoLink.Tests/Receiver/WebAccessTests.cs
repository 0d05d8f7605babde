using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PiStereoLink.Receiver;
using PiStereoLink.Receiver.Web;

namespace PiStereoLink.Tests.Receiver;

/// <summary>The pages where a key is needed: beyond loopback always, here because it is asked for.</summary>
public sealed class WebAccessTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("psl-web-");
    private WebApplication app = null!;
    private HttpClient web = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebOptions Options => app.Services.GetRequiredService<WebOptions>();

    public async ValueTask InitializeAsync()
    {
        app = ReceiverHost.Build(new ReceiverSettings { Listen = "127.0.0.1:0", Tls = "off", Web = "127.0.0.1:0", WebKey = true, State = folder.FullName });
        await app.StartReceiverAsync();
        web = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://{Options.Bound}") };
    }

    public async ValueTask DisposeAsync()
    {
        web.Dispose();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/page.js")]
    [InlineData("/api/status")]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/cameras/a/0/snapshot.jpg")]
    [InlineData("/nowhere")]
    [InlineData("/?key=")]
    [InlineData("/?key=00000000000000000000000000000000")]
    public async Task Without_the_key_nothing_is_told(string path)
    {
        using var answer = await web.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("need a key", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_browser_gets_a_cookie_for_the_key_and_the_key_leaves_the_address()
    {
        using var answer = await web.GetAsync($"/?key={Options.Secret!.Text}", Token);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Options.Secret.Text, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusWith("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Cookie", "pistereolink=" + new string('0', 64)));
    }

    [Fact]
    public async Task A_program_gives_the_key_in_the_address_or_as_a_header()
    {
        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync($"/api/status?key={Options.Secret!.Text}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusWith("Authorization", $"Bearer {Options.Secret.Text}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Authorization", "Bearer x"));
    }

    [Fact]
    public void The_key_is_kept_and_its_file_is_its_owners_alone()
    {
        var file = new FileInfo(Path.Combine(folder.FullName, "web-secret"));
        Assert.Equal(Options.Secret!.Text, WebSecret.In(folder.FullName).Text);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        File.WriteAllText(file.FullName, "secret\n");
        Assert.Contains("holds no secret", Assert.Throws<InvalidDataException>(() => WebSecret.In(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_name_is_refused_even_with_the_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/status?key={Options.Secret!.Text}") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await web.SendAsync(request, Token)).StatusCode);
    }

    private async Task<HttpStatusCode> StatusWith(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await web.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
