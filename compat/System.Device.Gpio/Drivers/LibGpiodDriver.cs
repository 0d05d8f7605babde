using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace System.Device.Gpio.Drivers;

/// <summary>
/// The lines of <c>/dev/gpiochipN</c>. The package needs the library libgpiod for it, hence the name; this one asks the kernel itself.
/// A line is requested when a mode is set or a value is read, so that looking at it changes nothing.
/// </summary>
public class LibGpiodDriver : GpioDriver
{
    private readonly int number;
    private readonly SafeFileHandle chip;
    private readonly Kernel.gpiochip_info info;
    private readonly Dictionary<int, SafeFileHandle> requested = [];

    public LibGpiodDriver(int gpioChip = 0)
    {
        number = gpioChip;
        chip = File.OpenHandle($"/dev/gpiochip{gpioChip}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var error = Kernel.Call(chip, Kernel.GetChipInfo, ref info);
        if (error == 0)
            return;
        chip.Dispose();
        throw Failure("is no GPIO chip", error);
    }

    protected internal override int PinCount => (int)info.lines;

    public override unsafe GpioChipInfo GetChipInfo()
    {
        fixed (Kernel.gpiochip_info* told = &info)
            return new(number, Kernel.Text(told->name), Kernel.Text(told->label), (int)info.lines);
    }

    protected internal override void OpenPin(int pinNumber) => _ = LineInfo(pinNumber);

    /// <summary>What becomes of an output now is the chip's affair: most make it an input, a Pi's own kernel leaves it as it is.</summary>
    protected internal override void ClosePin(int pinNumber)
    {
        if (requested.Remove(pinNumber, out var line))
            line.Dispose();
    }

    protected internal override void SetPinMode(int pinNumber, PinMode mode) => Configure(pinNumber, Flags(mode), null);

    protected internal override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue) =>
        Configure(pinNumber, Flags(mode), mode == PinMode.Output ? initialValue : null);

    protected internal override PinMode GetPinMode(int pinNumber)
    {
        var flags = LineInfo(pinNumber).flags;
        return (flags & Kernel.Output) != 0 ? PinMode.Output
            : (flags & Kernel.BiasPullUp) != 0 ? PinMode.InputPullUp
            : (flags & Kernel.BiasPullDown) != 0 ? PinMode.InputPullDown
            : PinMode.Input;
    }

    protected internal override bool IsPinModeSupported(int pinNumber, PinMode mode) => Enum.IsDefined(mode);

    protected internal override PinValue Read(int pinNumber)
    {
        var values = new Kernel.gpio_v2_line_values { mask = 1 };
        Check(pinNumber, "cannot be read", Kernel.Call(Requested(pinNumber), Kernel.GetValues, ref values));
        return (values.bits & 1) != 0;
    }

    protected internal override void Write(int pinNumber, PinValue value)
    {
        var values = new Kernel.gpio_v2_line_values { mask = 1, bits = (ulong)(int)value };
        Check(pinNumber, "cannot be written", Kernel.Call(Requested(pinNumber), Kernel.SetValues, ref values));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var line in requested.Values)
                line.Dispose();
            requested.Clear();
            chip.Dispose();
        }
        base.Dispose(disposing);
    }

    private static ulong Flags(PinMode mode) => mode switch
    {
        PinMode.Output => Kernel.Output,
        PinMode.InputPullUp => Kernel.Input | Kernel.BiasPullUp,
        PinMode.InputPullDown => Kernel.Input | Kernel.BiasPullDown,
        _ => Kernel.Input,
    };

    private static Kernel.gpio_v2_line_config Config(ulong flags, PinValue? value)
    {
        var config = new Kernel.gpio_v2_line_config { flags = flags };
        if (value is { } initial)
        {
            config.num_attrs = 1;
            config.attrs = new() { id = Kernel.AttributeOutputValues, values = (ulong)(int)initial, mask = 1 };
        }
        return config;
    }

    private void Configure(int pinNumber, ulong flags, PinValue? value)
    {
        var config = Config(flags, value);
        if (requested.TryGetValue(pinNumber, out var line))
            Check(pinNumber, "cannot change its mode", Kernel.Call(line, Kernel.SetConfig, ref config));
        else
            requested[pinNumber] = Request(pinNumber, config);
    }

    /// <summary>The line as this process holds it; without a mode so far it is taken as it is.</summary>
    private SafeFileHandle Requested(int pinNumber) =>
        requested.TryGetValue(pinNumber, out var line) ? line : requested[pinNumber] = Request(pinNumber, default);

    private unsafe SafeFileHandle Request(int pinNumber, Kernel.gpio_v2_line_config config)
    {
        var request = new Kernel.gpio_v2_line_request { num_lines = 1, config = config };
        request.offsets[0] = (uint)pinNumber;
        "PiStereoLink"u8.CopyTo(new Span<byte>(request.consumer, 32));
        Check(pinNumber, "cannot be taken", Kernel.Call(chip, Kernel.GetLine, ref request));
        return new SafeFileHandle(request.fd, ownsHandle: true);
    }

    private Kernel.gpio_v2_line_info LineInfo(int pinNumber)
    {
        var line = new Kernel.gpio_v2_line_info { offset = (uint)pinNumber };
        Check(pinNumber, $"is outside 0..{PinCount - 1}", Kernel.Call(chip, Kernel.GetLineInfo, ref line));
        return line;
    }

    private unsafe void Check(int pinNumber, string what, int error)
    {
        if (error == Kernel.Busy)
        {
            var line = LineInfo(pinNumber);
            throw Failure($"line {pinNumber} is in use by {Kernel.Text(line.consumer)}", error);
        }
        if (error != 0)
            throw Failure($"line {pinNumber} {what}", error);
    }

    private IOException Failure(string what, int error) => new($"/dev/gpiochip{number}: {what} ({Marshal.GetPInvokeErrorMessage(error)}).");
}
