namespace System.Device.Gpio;

/// <summary>Drives the lines of one chip.</summary>
public abstract class GpioDriver : IDisposable
{
    protected internal abstract int PinCount { get; }

    /// <summary>Looks whether there is such a line, and leaves it as it is.</summary>
    protected internal abstract void OpenPin(int pinNumber);

    protected internal abstract void ClosePin(int pinNumber);

    protected internal abstract void SetPinMode(int pinNumber, PinMode mode);

    /// <summary>An output has its value from the first instant.</summary>
    protected internal abstract void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue);

    protected internal abstract PinMode GetPinMode(int pinNumber);

    protected internal abstract bool IsPinModeSupported(int pinNumber, PinMode mode);

    protected internal abstract PinValue Read(int pinNumber);

    protected internal abstract void Write(int pinNumber, PinValue value);

    public virtual GpioChipInfo GetChipInfo() => throw new NotSupportedException("This driver knows nothing of its chip.");

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
