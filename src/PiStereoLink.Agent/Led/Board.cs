namespace PiStereoLink.Agent;

/// <summary>Boards that treat the camera's LED alike.</summary>
public enum BoardKind
{
    NotAPi,
    UnknownPi,

    /// <summary>The first Model A and B, with 26 pins.</summary>
    Pi1,
    Pi1Plus,
    Pi2,
    Pi3,

    /// <summary>Also the Pi 400.</summary>
    Pi4,

    /// <summary>Also the Pi 500.</summary>
    Pi5,
    Zero,
    ZeroW,
    Zero2W,
    ComputeModule,
}

/// <summary>
/// Which Raspberry Pi this is. The camera connector has a line for an LED, which only the first camera module (V1) carries; where that
/// line goes is another matter on each board, and on a wrong board the same number is something else: the Pi 3's is the power of the
/// Pi 4's SD card. So a board is only ever made from its model's name, and what may be written comes from the board.
/// </summary>
public sealed record Board
{
    /// <summary>The SoC's own GPIO chip, as every kernel labels it on the boards that have the LED at one of its lines.</summary>
    public const string CameraLedChip = "pinctrl-bcm2835";

    // The first that fits counts. The Raspberry Pi kernel writes "Plus Rev 1.3" where the mainline kernel writes "+".
    private static readonly (string Beginning, BoardKind Kind)[] Known =
    [
        ("Raspberry Pi Compute Module", BoardKind.ComputeModule),
        ("Raspberry Pi Zero 2", BoardKind.Zero2W),
        ("Raspberry Pi Zero W", BoardKind.ZeroW),
        ("Raspberry Pi Zero", BoardKind.Zero),
        ("Raspberry Pi Model A Plus", BoardKind.Pi1Plus),
        ("Raspberry Pi Model A+", BoardKind.Pi1Plus),
        ("Raspberry Pi Model B Plus", BoardKind.Pi1Plus),
        ("Raspberry Pi Model B+", BoardKind.Pi1Plus),
        ("Raspberry Pi Model A", BoardKind.Pi1),
        ("Raspberry Pi Model B", BoardKind.Pi1),
        ("Raspberry Pi 2 Model B", BoardKind.Pi2),
        ("Raspberry Pi 3 Model A", BoardKind.Pi3),
        ("Raspberry Pi 3 Model B", BoardKind.Pi3),
        ("Raspberry Pi 4 Model B", BoardKind.Pi4),
        ("Raspberry Pi 400", BoardKind.Pi4),
        ("Raspberry Pi 5 Model B", BoardKind.Pi5),
        ("Raspberry Pi 500", BoardKind.Pi5),
        ("Raspberry Pi", BoardKind.UnknownPi),
    ];

    private Board(string name, BoardKind kind) => (Name, Kind) = (name, kind);

    /// <summary>As the device tree says it: <c>Raspberry Pi 3 Model B Rev 1.2</c>. A machine without a device tree is "this machine".</summary>
    public string Name { get; }

    public BoardKind Kind { get; }

    /// <summary>The line of <see cref="CameraLedChip"/> that the camera's LED is on.</summary>
    public int? CameraLedLine => Kind switch
    {
        BoardKind.Pi1 => 5,
        BoardKind.Pi1Plus or BoardKind.Pi2 or BoardKind.Zero => 32,
        BoardKind.ZeroW => 40,       // its line 32 is Bluetooth
        _ => null,
    };

    /// <summary>Why the camera's LED cannot be reached on this board; null where it can.</summary>
    public string? WhyNoCameraLed => Kind switch
    {
        BoardKind.NotAPi => "this machine is not a Raspberry Pi.",
        BoardKind.UnknownPi => $"{Name} is a board that this version does not know.",
        BoardKind.Pi4 => $"{Name} has no line for it: its camera connector can only be powered on and off.",
        BoardKind.Pi5 => $"{Name} is not known to have a line for it.",
        BoardKind.Zero2W => $"{Name} does not wire it.",
        BoardKind.ComputeModule => $"on {Name} the board around the module decides where its line goes.",
        _ => null,
    };

    /// <summary>A line of the SoC that leads to the outside: the pins of the header. The others run the SD card, Wi-Fi and Bluetooth.</summary>
    public bool HasOnHeader(int line) => line is >= 0 and <= 27 || Kind is BoardKind.NotAPi or BoardKind.ComputeModule;

    /// <summary>This machine, or another one by its model's file.</summary>
    public static Board Read(string path) => FromModel(File.Exists(path) ? File.ReadAllText(path) : "");

    public static Board FromModel(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = model.TrimEnd('\0', '\n', ' ');      // the device tree's strings end in a zero
        var kind = Known.FirstOrDefault(known => name.StartsWith(known.Beginning, StringComparison.Ordinal)).Kind;
        return new(name.Length == 0 ? "this machine" : name, kind);
    }
}
