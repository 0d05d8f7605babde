namespace System.Device.Gpio;

/// <summary>What the kernel tells of a GPIO chip.</summary>
/// <param name="Id">The number in <c>/dev/gpiochip0</c>, which can change from one kernel to the next.</param>
/// <param name="Name">The kernel's name: <c>gpiochip0</c>.</param>
/// <param name="Label">The hardware: <c>pinctrl-bcm2835</c>, the same with every kernel.</param>
/// <param name="NumLines">How many lines it has.</param>
public record GpioChipInfo(int Id, string Name, string Label, int NumLines);
