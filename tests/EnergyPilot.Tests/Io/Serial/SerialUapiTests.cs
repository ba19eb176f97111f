using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyPilot.Io.Serial;
using EnergyPilot.Io.Waiting;

namespace EnergyPilot.Tests.Io.Serial;

/// <summary>Our structs and numbers against the kernel's and the C library's headers on this machine, as its own C compiler sees them.</summary>
public sealed class SerialUapiTests
{
    private const string Probe = """
        #include <asm/termbits.h>
        #include <asm/ioctls.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <linux/serial.h>
        #include <linux/tty_flags.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/epoll.h>
        #include <sys/file.h>
        #include <sys/ioctl.h>
        #define SHOW(name, value) printf("%s %llu\n", name, (unsigned long long)(value))
        int main(void) {
            SHOW("OpenFlags", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
            SHOW("GetTermios", (unsigned)TCGETS2);
            SHOW("SetTermios", (unsigned)TCSETS2);
            SHOW("Exclusive", TIOCEXCL);
            SHOW("NotExclusive", TIOCNXCL);
            SHOW("Flush", TCFLSH);
            SHOW("GetSerial", TIOCGSERIAL);
            SHOW("SetSerial", TIOCSSERIAL);
            SHOW("SetRs485", TIOCSRS485);
            SHOW("FlushInput", TCIFLUSH);
            SHOW("FlushBoth", TCIOFLUSH);
            SHOW("IgnoreBreak", IGNBRK);
            SHOW("CheckParity", INPCK);
            SHOW("Strip", ISTRIP);
            SHOW("Size7", CS7);
            SHOW("Size8", CS8);
            SHOW("TwoStopBits", CSTOPB);
            SHOW("Receiver", CREAD);
            SHOW("ParityBit", PARENB);
            SHOW("OddParity", PARODD);
            SHOW("Local", CLOCAL);
            SHOW("OtherSpeed", BOTHER);
            SHOW("IndexTime", VTIME);
            SHOW("IndexLeast", VMIN);
            SHOW("LowLatency", ASYNC_LOW_LATENCY);
            SHOW("Rs485Enabled", SER_RS485_ENABLED);
            SHOW("Rs485RtsOnSend", SER_RS485_RTS_ON_SEND);
            SHOW("Rs485RtsAfterSend", SER_RS485_RTS_AFTER_SEND);
            SHOW("LockExclusiveNow", LOCK_EX | LOCK_NB);
            SHOW("NoSuchFile", ENOENT);
            SHOW("Interrupted", EINTR);
            SHOW("TryAgain", EAGAIN);
            SHOW("NoAccess", EACCES);
            SHOW("Busy", EBUSY);
            SHOW("NotTerminal", ENOTTY);
            SHOW("Termios", sizeof(struct termios2));
            SHOW("Termios.Input", offsetof(struct termios2, c_iflag));
            SHOW("Termios.Output", offsetof(struct termios2, c_oflag));
            SHOW("Termios.Control", offsetof(struct termios2, c_cflag));
            SHOW("Termios.Local", offsetof(struct termios2, c_lflag));
            SHOW("Termios.Discipline", offsetof(struct termios2, c_line));
            SHOW("Termios.Characters", offsetof(struct termios2, c_cc));
            SHOW("Termios.InputSpeed", offsetof(struct termios2, c_ispeed));
            SHOW("Termios.OutputSpeed", offsetof(struct termios2, c_ospeed));
            SHOW("ControlCharacters", sizeof(((struct termios2 *)0)->c_cc));
            SHOW("Serial", sizeof(struct serial_struct));
            SHOW("Serial.Flags", offsetof(struct serial_struct, flags));
            SHOW("Rs485", sizeof(struct serial_rs485));
            SHOW("Rs485.Flags", offsetof(struct serial_rs485, flags));
            SHOW("Rs485.BeforeSendMilliseconds", offsetof(struct serial_rs485, delay_rts_before_send));
            SHOW("Rs485.AfterSendMilliseconds", offsetof(struct serial_rs485, delay_rts_after_send));
            SHOW("EpollEvent.Size", sizeof(struct epoll_event));
            SHOW("EpollEvent.Data", offsetof(struct epoll_event, data));
            SHOW("CanRead", EPOLLIN);
            SHOW("CanWrite", EPOLLOUT);
            SHOW("Error", EPOLLERR);
            SHOW("HungUp", EPOLLHUP);
            SHOW("OneShot", (unsigned)EPOLLONESHOT);
            return 0;
        }
        """;

    [Fact]
    public async Task Structs_and_numbers_are_those_of_the_kernel()
    {
        Peers.NeedFile("/usr/include/linux/serial.h", "linux-libc-dev");
        using var program = await CompiledProbe.Compile(Probe, TestContext.Current.CancellationToken);
        await using var run = PeerProcess.Start(program.Path);
        var kernel = (await run.Output(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(pair => pair[0], pair => ulong.Parse(pair[1], CultureInfo.InvariantCulture));

        var ours = Constants().Concat(Layout<SerialUapi.Termios>()).Concat(Layout<SerialUapi.Serial>()).Concat(Layout<SerialUapi.Rs485>())
            .Append(KeyValuePair.Create("ControlCharacters", (ulong)Unsafe.SizeOf<SerialUapi.ControlCharacters>()))
            .Concat(Epoll()).ToDictionary();

        ours.OrderBy(pair => pair.Key, StringComparer.Ordinal).ShouldBe(kernel.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, ulong>> Epoll() =>
    [
        new("EpollEvent.Size", (ulong)EpollEvent.Size),
        new("EpollEvent.Data", (ulong)EpollEvent.DataOffset),
        new("CanRead", FilePoller.CanRead),
        new("CanWrite", FilePoller.CanWrite),
        new("Error", FilePoller.Error),
        new("HungUp", FilePoller.HungUp),
        new("OneShot", FilePoller.OneShot),
    ];

    private static IEnumerable<KeyValuePair<string, ulong>> Constants() =>
        typeof(SerialUapi).GetFields().Select(field => KeyValuePair.Create(field.Name, Convert.ToUInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)));

    private static IEnumerable<KeyValuePair<string, ulong>> Layout<T>()
        where T : unmanaged
    {
        yield return KeyValuePair.Create(typeof(T).Name, (ulong)Unsafe.SizeOf<T>());
        foreach (var field in typeof(T).GetFields())
            yield return KeyValuePair.Create($"{typeof(T).Name}.{field.Name}", (ulong)Marshal.OffsetOf<T>(field.Name));
    }
}
