namespace System.Device.Gpio.Drivers;

/// <summary>In the package, the driver for version 2 of libgpiod. Here no version of it is needed, and both names mean the same.</summary>
public sealed class LibGpiodV2Driver(int chipNumber) : LibGpiodDriver(chipNumber);
