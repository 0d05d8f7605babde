namespace System.Device.Gpio;

/// <summary>An open pin of a controller.</summary>
public class GpioPin : MarshalByRefObject, IDisposable
{
    internal GpioPin(int pinNumber, GpioController controller) => (PinNumber, Controller) = (pinNumber, controller);

    public virtual int PinNumber { get; }

    public GpioController Controller { get; }

    public virtual PinMode GetPinMode() => Controller.GetPinMode(PinNumber);

    public virtual bool IsPinModeSupported(PinMode pinMode) => Controller.IsPinModeSupported(PinNumber, pinMode);

    public virtual void SetPinMode(PinMode value) => Controller.SetPinMode(PinNumber, value);

    public virtual PinValue Read() => Controller.Read(PinNumber);

    public virtual void Write(PinValue value) => Controller.Write(PinNumber, value);

    public virtual void Close()
    {
        if (Controller.IsPinOpen(PinNumber))
            Controller.ClosePin(PinNumber);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Close();
    }
}
