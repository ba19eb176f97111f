using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Tests.Io.Gpio;

/// <summary>Our structs and numbers against the kernel's header on this machine, as its own C compiler sees it.</summary>
public sealed class GpioUapiTests
{
    private const string Probe = """
        #include <linux/gpio.h>
        #include <stddef.h>
        #include <stdio.h>
        #define SHOW(name, value) printf("%s %llu\n", name, (unsigned long long)(value))
        int main(void) {
            SHOW("GetChipInfo", (unsigned)GPIO_GET_CHIPINFO_IOCTL);
            SHOW("GetLineInfo", (unsigned)GPIO_V2_GET_LINEINFO_IOCTL);
            SHOW("GetLine", (unsigned)GPIO_V2_GET_LINE_IOCTL);
            SHOW("GetValues", (unsigned)GPIO_V2_LINE_GET_VALUES_IOCTL);
            SHOW("SetValues", (unsigned)GPIO_V2_LINE_SET_VALUES_IOCTL);
            SHOW("Used", GPIO_V2_LINE_FLAG_USED);
            SHOW("ActiveLow", GPIO_V2_LINE_FLAG_ACTIVE_LOW);
            SHOW("Input", GPIO_V2_LINE_FLAG_INPUT);
            SHOW("Output", GPIO_V2_LINE_FLAG_OUTPUT);
            SHOW("EdgeRising", GPIO_V2_LINE_FLAG_EDGE_RISING);
            SHOW("EdgeFalling", GPIO_V2_LINE_FLAG_EDGE_FALLING);
            SHOW("BiasPullUp", GPIO_V2_LINE_FLAG_BIAS_PULL_UP);
            SHOW("BiasPullDown", GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN);
            SHOW("BiasDisabled", GPIO_V2_LINE_FLAG_BIAS_DISABLED);
            SHOW("AttributeOutputValues", GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES);
            SHOW("AttributeDebounce", GPIO_V2_LINE_ATTR_ID_DEBOUNCE);
            SHOW("RisingEdge", GPIO_V2_LINE_EVENT_RISING_EDGE);
            SHOW("NameLength", GPIO_MAX_NAME_SIZE);
            SHOW("ChipInfo", sizeof(struct gpiochip_info));
            SHOW("ChipInfo.Lines", offsetof(struct gpiochip_info, lines));
            SHOW("LineInfo", sizeof(struct gpio_v2_line_info));
            SHOW("LineInfo.Offset", offsetof(struct gpio_v2_line_info, offset));
            SHOW("LineInfo.Flags", offsetof(struct gpio_v2_line_info, flags));
            SHOW("LineAttribute", sizeof(struct gpio_v2_line_config_attribute));
            SHOW("LineAttribute.Id", offsetof(struct gpio_v2_line_config_attribute, attr.id));
            SHOW("LineAttribute.Values", offsetof(struct gpio_v2_line_config_attribute, attr.values));
            SHOW("LineAttribute.DebounceMicroseconds", offsetof(struct gpio_v2_line_config_attribute, attr.debounce_period_us));
            SHOW("LineAttribute.Mask", offsetof(struct gpio_v2_line_config_attribute, mask));
            SHOW("LineConfig", sizeof(struct gpio_v2_line_config));
            SHOW("LineConfig.Flags", offsetof(struct gpio_v2_line_config, flags));
            SHOW("LineConfig.AttributeCount", offsetof(struct gpio_v2_line_config, num_attrs));
            SHOW("LineConfig.Attribute", offsetof(struct gpio_v2_line_config, attrs));
            SHOW("LineRequest", sizeof(struct gpio_v2_line_request));
            SHOW("LineRequest.Offset", offsetof(struct gpio_v2_line_request, offsets));
            SHOW("LineRequest.Consumer", offsetof(struct gpio_v2_line_request, consumer));
            SHOW("LineRequest.Config", offsetof(struct gpio_v2_line_request, config));
            SHOW("LineRequest.Lines", offsetof(struct gpio_v2_line_request, num_lines));
            SHOW("LineRequest.EventBufferSize", offsetof(struct gpio_v2_line_request, event_buffer_size));
            SHOW("LineRequest.File", offsetof(struct gpio_v2_line_request, fd));
            SHOW("LineValues", sizeof(struct gpio_v2_line_values));
            SHOW("LineValues.Bits", offsetof(struct gpio_v2_line_values, bits));
            SHOW("LineValues.Mask", offsetof(struct gpio_v2_line_values, mask));
            SHOW("LineEvent", sizeof(struct gpio_v2_line_event));
            SHOW("LineEvent.TimestampNanoseconds", offsetof(struct gpio_v2_line_event, timestamp_ns));
            SHOW("LineEvent.Id", offsetof(struct gpio_v2_line_event, id));
            SHOW("LineEvent.Offset", offsetof(struct gpio_v2_line_event, offset));
            SHOW("LineEvent.Sequence", offsetof(struct gpio_v2_line_event, seqno));
            SHOW("LineEvent.LineSequence", offsetof(struct gpio_v2_line_event, line_seqno));
            return 0;
        }
        """;

    [Fact]
    public async Task Structs_and_numbers_are_those_of_the_kernel()
    {
        Peers.NeedFile("/usr/include/linux/gpio.h", "linux-libc-dev");
        using var program = await CompiledProbe.Compile(Probe, TestContext.Current.CancellationToken);
        await using var run = PeerProcess.Start(program.Path);
        var kernel = (await run.Output(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(pair => pair[0], pair => ulong.Parse(pair[1], CultureInfo.InvariantCulture));

        var ours = Constants().Concat(Layout<GpioUapi.LineAttribute>()).Concat(Layout<GpioUapi.LineConfig>())
            .Concat(Layout<GpioUapi.LineRequest>()).Concat(Layout<GpioUapi.LineValues>()).Concat(Layout<GpioUapi.LineEvent>())
            .Concat(Layout<GpioUapi.ChipInfo>()).Concat(Layout<GpioUapi.LineInfo>())
            .ToDictionary();

        ours.OrderBy(pair => pair.Key, StringComparer.Ordinal).ShouldBe(kernel.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, ulong>> Constants() =>
        typeof(GpioUapi).GetFields().Select(field => KeyValuePair.Create(field.Name, Convert.ToUInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)));

    private static IEnumerable<KeyValuePair<string, ulong>> Layout<T>()
        where T : unmanaged
    {
        yield return KeyValuePair.Create(typeof(T).Name, (ulong)Unsafe.SizeOf<T>());
        foreach (var field in typeof(T).GetFields())
            yield return KeyValuePair.Create($"{typeof(T).Name}.{field.Name}", (ulong)Marshal.OffsetOf<T>(field.Name));
    }
}
