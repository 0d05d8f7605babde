using System.Device.Gpio;
using System.Reflection;
using System.Runtime.InteropServices;

namespace PiStereoLink.Tests.Compat;

/// <summary>
/// The structures and calls of linux/gpio.h as gcc sees them (Linux 6.1's headers, amd64; the header is made to be the same on every
/// architecture): sizeof, offsetof and the _IOR and _IOWR macros, printed by a small C program.
/// </summary>
public class GpioKernelLayout
{
    private static readonly Type Kernel = typeof(GpioController).Assembly.GetType("System.Device.Gpio.Kernel")!;

    [Theory]
    [InlineData("gpiochip_info", 68, "name 0, label 32, lines 64")]
    [InlineData("gpio_v2_line_config_attribute", 24, "id 0, values 8, mask 16")]
    [InlineData("gpio_v2_line_config", 272, "flags 0, num_attrs 8, attrs 32")]
    [InlineData("gpio_v2_line_request", 592, "offsets 0, consumer 256, config 288, num_lines 560, event_buffer_size 564, fd 588")]
    [InlineData("gpio_v2_line_info", 256, "name 0, consumer 32, offset 64, num_attrs 68, flags 72, attrs 80")]
    [InlineData("gpio_v2_line_values", 16, "bits 0, mask 8")]
    public void A_structure_is_laid_out_as_the_kernel_has_it(string name, int size, string offsets)
    {
        SkipUnlessOurs();
        var structure = Kernel.GetNestedType(name, BindingFlags.NonPublic | BindingFlags.Public)!;
        Assert.Equal(size, Marshal.SizeOf(structure));
        Assert.All(offsets.Split(", ").Select(field => field.Split(' ')), field => Assert.Equal(int.Parse(field[1], null), (int)Marshal.OffsetOf(structure, field[0])));
    }

    [Theory]
    [InlineData("GetChipInfo", 0x8044B401)]
    [InlineData("GetLineInfo", 0xC100B405)]
    [InlineData("GetLine", 0xC250B407)]
    [InlineData("SetConfig", 0xC110B40D)]
    [InlineData("GetValues", 0xC010B40E)]
    [InlineData("SetValues", 0xC010B40F)]
    [InlineData("Input", 0x4UL)]
    [InlineData("Output", 0x8UL)]
    [InlineData("BiasPullUp", 0x100UL)]
    [InlineData("BiasPullDown", 0x200UL)]
    [InlineData("AttributeOutputValues", 2u)]
    public void A_number_is_the_headers(string name, object number)
    {
        SkipUnlessOurs();
        Assert.Equal(number, Kernel.GetField(name)!.GetRawConstantValue());
    }

    private static void SkipUnlessOurs() => Assert.SkipWhen(Kernel is null, "Runs over compat/System.Device.Gpio only. The package asks libgpiod.");
}
