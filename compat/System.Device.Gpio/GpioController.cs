using System.Device.Gpio.Drivers;

namespace System.Device.Gpio;

/// <summary>The pins of one chip; it remembers which are open and closes them at the end.</summary>
public class GpioController : IDisposable
{
    private readonly GpioDriver driver;
    private readonly Dictionary<int, GpioPin> open = [];

    /// <summary>The package looks for the board's own chip; here it is the first one.</summary>
    public GpioController()
        : this(new LibGpiodDriver(0))
    {
    }

    /// <param name="driver">Belongs to the controller from now on.</param>
    public GpioController(GpioDriver driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        this.driver = driver;
    }

    public virtual int PinCount => driver.PinCount;

    /// <summary>Opens a pin and leaves it as it is.</summary>
    public GpioPin OpenPin(int pinNumber)
    {
        if (IsPinOpen(pinNumber))
            throw new InvalidOperationException($"Pin {pinNumber} is open already.");
        driver.OpenPin(pinNumber);
        return open[pinNumber] = new GpioPin(pinNumber, this);
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode) =>
        Opened(pinNumber, pin => SetPinMode(pin, mode));

    public GpioPin OpenPin(int pinNumber, PinMode mode, PinValue initialValue) =>
        Opened(pinNumber, pin => driver.SetPinMode(Supported(pin, mode), mode, initialValue));

    public void ClosePin(int pinNumber)
    {
        driver.ClosePin(Open(pinNumber));
        open.Remove(pinNumber);
    }

    public virtual void SetPinMode(int pinNumber, PinMode mode) => driver.SetPinMode(Supported(pinNumber, mode), mode);

    public virtual PinMode GetPinMode(int pinNumber) => driver.GetPinMode(Open(pinNumber));

    public virtual bool IsPinOpen(int pinNumber) => open.ContainsKey(pinNumber);

    public virtual bool IsPinModeSupported(int pinNumber, PinMode mode) => driver.IsPinModeSupported(pinNumber, mode);

    public virtual PinValue Read(int pinNumber) => driver.Read(Open(pinNumber));

    public virtual void Write(int pinNumber, PinValue value)
    {
        if (driver.GetPinMode(Open(pinNumber)) != PinMode.Output)
            throw new InvalidOperationException($"Pin {pinNumber} is an input and cannot be written.");
        driver.Write(pinNumber, value);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        foreach (var pin in open.Keys)
            driver.ClosePin(pin);
        open.Clear();
        driver.Dispose();
    }

    private GpioPin Opened(int pinNumber, Action<int> prepare)
    {
        var pin = OpenPin(pinNumber);
        try
        {
            prepare(pinNumber);
            return pin;
        }
        catch
        {
            ClosePin(pinNumber);
            throw;
        }
    }

    private int Open(int pinNumber) =>
        IsPinOpen(pinNumber) ? pinNumber : throw new InvalidOperationException($"Pin {pinNumber} is not open.");

    private int Supported(int pinNumber, PinMode mode) => driver.IsPinModeSupported(Open(pinNumber), mode)
        ? pinNumber
        : throw new InvalidOperationException($"Pin {pinNumber} has no mode {mode}.");
}
