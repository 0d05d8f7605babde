using System.Net.Sockets;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Agent;

/// <summary>The agent's small parts, each by itself.</summary>
public class AgentPartsTests
{
    [Theory]
    [InlineData("desk", "desk:8000")]
    [InlineData("desk.local:9000", "desk.local:9000")]
    [InlineData("10.0.0.5", "10.0.0.5:8000")]
    [InlineData("10.0.0.5:1", "10.0.0.5:1")]
    [InlineData("[::1]:8000", "[::1]:8000")]
    [InlineData("[::1]", "[::1]:8000")]
    [InlineData("fe80::1", "[fe80::1]:8000")]
    [InlineData("desk:0", null)]
    [InlineData("desk:65536", null)]
    [InlineData("desk:", null)]
    [InlineData("desk:http", null)]
    [InlineData(":8000", null)]
    [InlineData("", null)]
    [InlineData("a b", null)]
    [InlineData("http://desk", null)]
    public void An_address_is_a_host_and_perhaps_a_port(string text, string? expected) =>
        Assert.Equal(expected, ReceiverAddress.TryParse(text, out var address) ? address!.ToString() : null);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("3,1", "3,1")]
    [InlineData("sim:right", "0")]
    [InlineData("sim:left,sim:right", "0,1")]
    [InlineData("sim:left,0,sim:right,2", "1,0,3,2")]
    [InlineData("/dev/video0,0,/dev/v4l/by-path/platform-xhci-usb-0:1:1.0-video-index0", "1,0,2")]
    public void An_index_is_its_own_name_and_any_other_camera_gets_the_lowest_number_free(string cameras, string names) =>
        Assert.Equal(names, string.Join(',', CameraSpec.Named(cameras.Split(',')).Select(camera => camera.Name)));

    [Theory]
    [InlineData("-1")]
    [InlineData("100")]
    [InlineData("sim:middle")]
    [InlineData("/dev/")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_camera_yet_is_refused(string? text) => Assert.False(CameraSpec.TryParse(text, out _));

    [Fact]
    public void The_first_try_again_comes_within_a_second_and_no_pause_is_longer_than_30()
    {
        var always = new Backoff(new Highest());
        var pauses = Enumerable.Range(0, 8).Select(_ => Math.Round(always.Next().TotalSeconds)).ToList();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], pauses);
        always.Reset();
        Assert.Equal(1, Math.Round(always.Next().TotalSeconds));
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "connection refused. Is the receiver running there?")]
    [InlineData(SocketError.HostNotFound, "nobody knows this name. Is it spelt right? Its address works too.")]
    [InlineData(SocketError.NetworkUnreachable, "no way there. Is this Pi on the network?")]
    [InlineData(SocketError.TimedOut, "no answer. Is the address right, and does a firewall let the port through?")]
    public void A_receiver_that_is_not_reached_is_told_with_the_next_step(SocketError error, string sentence) =>
        Assert.Equal(sentence, PiStereoLink.Agent.LinkFault.NotReached(new SocketException((int)error)));

    [Fact]
    public void The_sensors_wall_clock_is_taken_as_it_is()
    {
        var clock = new CaptureClock(new FixedTime(), TimeSpan.FromMilliseconds(133));
        var taken = clock.TimeOf(new CameraMetadata { WallClockNanoseconds = 1_795_257_633_633_333_999, SensorNanoseconds = 42 });
        Assert.Equal((DateTime.UnixEpoch.AddMicroseconds(1_795_257_633_633_333), 42L, null),
            (taken.Utc.AddTicks(-taken.Utc.Ticks % TimeSpan.TicksPerMicrosecond), taken.MonotonicNanoseconds, taken.ErrorMicroseconds));
    }

    [Fact]
    public void A_sensor_time_alone_is_brought_to_the_clock_of_the_day()
    {
        var clock = new CaptureClock(new FixedTime(), TimeSpan.FromMilliseconds(133));
        var taken = clock.TimeOf(new CameraMetadata { SensorNanoseconds = FixedTime.Monotonic - 50_000_000 });
        Assert.Equal((FixedTime.Now.AddMilliseconds(-50), FixedTime.Monotonic - 50_000_000, null), (taken.Utc, taken.MonotonicNanoseconds, taken.ErrorMicroseconds));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1L)]
    [InlineData(FixedTime.Monotonic + 3600_000_000_000)]
    public void Without_a_sensor_time_that_can_be_true_the_time_of_arrival_stands_with_its_error(long? sensor)
    {
        var clock = new CaptureClock(new FixedTime(), TimeSpan.FromMilliseconds(133));
        var taken = clock.TimeOf(sensor is null ? null : new CameraMetadata { SensorNanoseconds = sensor });
        Assert.Equal(new CaptureTime(FixedTime.Now, FixedTime.Monotonic, 133_000), taken);
    }

    [Fact]
    public void A_state_folder_whose_counter_is_lost_is_another_installation()
    {
        using var folder = new CameraFolder();
        using (var first = StateFolder.Open(folder.State))
            Assert.Equal(1u, first.Run);
        string id;
        using (var second = StateFolder.Open(folder.State))
            (id, _) = (second.InstallId, second.Run);
        File.WriteAllText(Path.Combine(folder.State, "run"), "");
        using var third = StateFolder.Open(folder.State);
        Assert.Equal(1u, third.Run);
        Assert.NotEqual(id, third.InstallId);
    }

    [Fact]
    public void A_state_folder_keeps_its_id_and_counts_on()
    {
        using var folder = new CameraFolder();
        var path = Path.Combine(folder.State, "deep", "down");
        var seen = new List<(string Id, uint Run)>();
        for (var i = 0; i < 3; i++)
        {
            using var state = StateFolder.Open(path);
            seen.Add((state.InstallId, state.Run));
        }
        Assert.Equal([1u, 2, 3], seen.Select(s => s.Run));
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(seen.Select(s => s.Id).Distinct()));
    }

    private sealed class Highest : Random
    {
        public override double NextDouble() => 0.999999;
    }

    private sealed class FixedTime : TimeProvider
    {
        public const long Monotonic = 1_000_000_000_000;

        public static readonly DateTime Now = new(2026, 11, 21, 8, 45, 12, DateTimeKind.Utc);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Monotonic;

        public override long TimestampFrequency => 1_000_000_000;
    }
}
