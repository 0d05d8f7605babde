namespace PiStereoLink.Agent;

public enum LedState
{
    Off,
    On,

    /// <summary>Left to the kernel, the firmware or the circuit.</summary>
    Auto,

    /// <summary>It cannot be asked.</summary>
    Unknown,
}

/// <summary>An LED that can be switched, however it is reached. Every member may throw a <see cref="LedException"/>.</summary>
public interface ILed : IDisposable
{
    /// <summary>Where it is, for sentences: <c>line 17 of gpiochip0</c>.</summary>
    string Place { get; }

    /// <summary>What the user should know beside the result; empty when there is nothing.</summary>
    string Note { get; }

    /// <summary>Why it may not be as it was told a moment ago, with the next step.</summary>
    string WhenNotKept { get; }

    /// <summary>Looks, and changes nothing.</summary>
    LedState State { get; }

    void Light(bool lit);

    /// <summary>Leaves it to the system again.</summary>
    void Release();

    /// <summary>Remembers how it is; what is returned makes it so again.</summary>
    Action Remember();
}

/// <summary><c>--led none</c>: there is no LED, and nothing fails because of that.</summary>
internal sealed class NoLed : ILed
{
    public string Place => "none";

    public string Note => "With `none`, nothing is switched.";

    public string WhenNotKept => "";

    public LedState State => LedState.Unknown;

    public void Light(bool lit)
    {
    }

    public void Release()
    {
    }

    public Action Remember() => () => { };

    public void Dispose()
    {
    }
}
