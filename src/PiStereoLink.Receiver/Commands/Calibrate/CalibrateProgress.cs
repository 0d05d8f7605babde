namespace PiStereoLink.Receiver.Commands.Calibrate;

/// <summary>A bar on stderr where that is a terminal; nothing elsewhere.</summary>
internal sealed class CalibrateProgress
{
    private const int Width = 30;
    private static readonly bool IsTerminal = !Console.IsErrorRedirected;
    private readonly Lock gate = new();
    private string name = "";
    private int done;
    private int all;

    /// <summary>A new bar of so many steps.</summary>
    public void Begin(string name, int all)
    {
        lock (gate)
            (this.name, this.all, done) = (name, all, 0);
        Draw();
    }

    /// <summary>One step further; any thread.</summary>
    public void Step()
    {
        lock (gate)
            done++;
        Draw();
    }

    /// <summary>Says what is going on where the steps cannot be counted.</summary>
    public void Say(string what)
    {
        if (IsTerminal)
            lock (gate)
                Console.Error.Write($"\r{what.PadRight(name.Length + Width + 20)}");
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        if (IsTerminal)
            lock (gate)
                Console.Error.Write($"\r{new string(' ', name.Length + Width + 20)}\r");
    }

    private void Draw()
    {
        if (!IsTerminal)
            return;
        lock (gate)
        {
            var filled = all == 0 ? Width : Width * done / all;
            Console.Error.Write($"\r{name} [{new string('#', filled)}{new string('.', Width - filled)}] {done}/{all} ");
        }
    }
}
