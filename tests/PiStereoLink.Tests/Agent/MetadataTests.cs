using System.Globalization;
using System.IO.Pipes;
using System.Text;
using PiStereoLink.Agent;

namespace PiStereoLink.Tests.Agent;

public class MetadataTests
{
    private static readonly TimeSpan FramePeriod = TimeSpan.FromMilliseconds(33);

    // The shapes that rpicam-vid writes: values with odd characters, arrays, unquoted text, and no closing brace yet.
    private const string Real = """
        [
        {
            "SensorTimestamp": 92433124000,
            "ScalerCrop": "(16, 0)/3040x2280",
            "ColourCorrectionMatrix": [ 1.65, -0.55, -0.09, -0.36, 1.65, -0.28, -0.05, -0.74, 1.80 ],
            "FocusFoM": 2061,
            "ExposureTime": 9996,
            "SensorTemperature": nan,
            "AeLocked": true,
            "AnalogueGain": 1.123047,
            "ColourGains": [ 1.3, 2.1 ],
            "DigitalGain": 1.000231,
            "FrameWallClock": 1795257633633333000
        },
        {
            "FrameWallClock": 1795257633666666000,
            "AfState": (not, json: at all
        },
        {
        },
        {
            "Lux": 400.5
        }
        ]
        """;

    private static List<CameraMetadata> Parse(string text, int pieces)
    {
        var parser = new CameraMetadataParser();
        var found = new List<CameraMetadata>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var pending = Array.Empty<byte>();
        for (var at = 0; at < bytes.Length; at += pieces)
        {
            pending = [.. pending, .. bytes.AsSpan(at, Math.Min(pieces, bytes.Length - at))];
            ReadOnlySpan<byte> buffer = pending;
            while (parser.TryRead(ref buffer, out var metadata))
                found.Add(metadata);
            pending = buffer.ToArray();
        }
        return found;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Objects_are_read_from_pieces_of_any_size(int pieces)
    {
        var found = Parse(Real, pieces);
        Assert.Equal(
        [
            new CameraMetadata
            {
                SensorNanoseconds = 92433124000,
                WallClockNanoseconds = 1795257633633333000,
                ExposureMicroseconds = 9996,
                AnalogueGain = 1.123047,
                DigitalGain = 1.000231,
                ColourGains = new(1.3, 2.1),
            },
            new CameraMetadata { WallClockNanoseconds = 1795257633666666000 },
            default,
            default,
        ], found);
    }

    [Fact]
    public void An_object_is_whole_before_its_closing_brace_has_come() =>
        Assert.Equal([new CameraMetadata { ExposureMicroseconds = 5 }], Parse("[\n{\n    \"Lux\": 1,\n    \"ExposureTime\": 5\n", 1));

    [Fact]
    public void A_missing_opening_bracket_changes_nothing() =>
        Assert.Equal(2, Parse("{\n    \"Lux\": 1\n}\n,\n{\n    \"Lux\": 2\n}\n", 1).Count);

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("12 apples")]
    [InlineData("99999999999999999999999")]
    [InlineData("\"\"")]
    public void A_time_that_makes_no_sense_is_no_time(string value) =>
        Assert.Equal([default], Parse($"{{\n \"FrameWallClock\": {value}\n", 1));

    [Fact]
    public void A_line_without_end_is_thrown_away_instead_of_kept()
    {
        var parser = new CameraMetadataParser();
        ReadOnlySpan<byte> buffer = new byte[100_000];
        Assert.False(parser.TryRead(ref buffer, out _));
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void A_picture_that_never_came_whole_takes_its_metadata_along()
    {
        using var program = new MetadataPipe();
        program.Write("[\n{\n \"ExposureTime\": 1\n},\n{\n \"ExposureTime\": 2\n},\n{\n \"ExposureTime\": 3\n");
        Assert.Equal(1, program.Pairing.For(0)!.Value.ExposureMicroseconds);
        Assert.Equal(3, program.Pairing.For(2)!.Value.ExposureMicroseconds);
    }

    [Fact]
    public void Metadata_that_is_late_by_one_picture_pairs_again_with_the_next()
    {
        using var program = new MetadataPipe();
        Assert.Null(program.Pairing.For(0));
        program.Write("[\n{\n \"ExposureTime\": 1\n},\n{\n \"ExposureTime\": 2\n");
        Assert.Equal(2, program.Pairing.For(1)!.Value.ExposureMicroseconds);
    }

    [Fact]
    public async Task An_object_that_comes_in_two_pieces_is_waited_for()
    {
        using var program = new MetadataPipe(TimeSpan.FromSeconds(1));      // so long it is waited for
        program.Write("[\n{\n \"ExposureTime\": 1\n},\n{\n \"Exposu");
        Assert.Equal(1, program.Pairing.For(0)!.Value.ExposureMicroseconds);
        var second = Task.Run(() => program.Pairing.For(1));
        program.Write("reTime\": 2\n");
        Assert.Equal(2, (await second)!.Value.ExposureMicroseconds);
    }

    [Fact]
    public void A_program_that_writes_none_is_asked_three_times_and_its_pipe_never_fills()
    {
        using var program = new MetadataPipe();
        for (var picture = 0; picture < 3; picture++)
            Assert.Null(program.Pairing.For(picture));
        Assert.True(program.Pairing.HasGivenUp);
        // A pipe holds 64 kB: the second write would block for ever.
        program.Write(new string('x', 60_000));
        Assert.Null(program.Pairing.For(3));
        program.Write(new string('x', 60_000));
    }

    [Fact]
    public void The_end_of_the_metadata_is_no_reason_to_wait()
    {
        using var program = new MetadataPipe();
        program.End();
        Assert.Null(program.Pairing.For(0));
        Assert.True(program.Pairing.HasGivenUp);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("9996")]
    [InlineData("1.122807")]
    [InlineData("0.1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("123456789012.345")]
    [InlineData("0.00000000000001")]
    public void A_plain_number_is_read_to_the_last_bit(string text)
    {
        Assert.True(PlainNumber.TryParse(Encoding.ASCII.GetBytes(text), out var number));
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("1.2.3")]
    [InlineData("12 ")]
    [InlineData("nan")]
    [InlineData("1234567890123456")]
    public void What_is_not_plain_is_left_to_the_general_reader(string text) =>
        Assert.False(PlainNumber.TryParse(Encoding.ASCII.GetBytes(text), out _));

    private sealed class MetadataPipe : IDisposable
    {
        private readonly AnonymousPipeServerStream program = new(PipeDirection.Out);
        private readonly ProgramPipe pipe;

        public MetadataPipe(TimeSpan? period = null)
        {
            pipe = new ProgramPipe(new AnonymousPipeClientStream(PipeDirection.In, program.ClientSafePipeHandle), CancellationToken.None, usuallyThere: true);
            Pairing = new MetadataPairing(pipe, period ?? FramePeriod, TimeProvider.System);
        }

        public MetadataPairing Pairing { get; }

        public void Write(string text) => program.Write(Encoding.UTF8.GetBytes(text));

        public void End() => program.Dispose();

        public void Dispose()
        {
            program.Dispose();
            pipe.Dispose();
        }
    }
}
