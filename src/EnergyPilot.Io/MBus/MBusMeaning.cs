using System.Globalization;

namespace EnergyPilot.Io.MBus;

/// <summary>What frames on an M-Bus mean, in a line for an installer. Any bytes give a line; nothing throws.</summary>
public static class MBusMeaning
{
    /// <summary>The meaning of bytes that were sent or heard: of several frames one after the other; of a piece of a telegram that it is one.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var reader = new MBusFrameReader();
        List<string> meanings = [];
        while (!bytes.IsEmpty)
        {
            bytes = bytes[reader.Append(bytes)..];
            while (reader.TryRead(out var frame))
                meanings.Add(Of(frame));
        }

        return meanings.Count > 0 ? string.Join(", ", meanings) : "part of a telegram, or noise";
    }

    private static string Of(in MBusFrame frame) => frame.Kind switch
    {
        MBusFrameKind.Acknowledge => "acknowledged",
        MBusFrameKind.ShortFrame => frame.Control switch
        {
            MBusControl.Reset => $"{To(frame.Address)}: forget the state of the link",
            _ when (frame.Control & 0x4F) == (MBusControl.Request & 0x4F) => $"{To(frame.Address)}: what are your data?",
            _ => string.Create(CultureInfo.InvariantCulture, $"{To(frame.Address)}: control {frame.Control:X2}"),
        },
        _ => OfApplication(frame),
    };

    private static string OfApplication(in MBusFrame frame)
    {
        var application = frame.Application;
        if (application is [MBusCi.Select, ..] && application.Length > MBusIdentity.Length)
            return $"select {MBusTelegram.ReadIdentity(application[1..], MBusByteOrder.LeastFirst)}";
        if ((frame.Control & 0xCF) != MBusControl.Response)
            return string.Create(CultureInfo.InvariantCulture, $"{To(frame.Address)}: data of kind {application[0]:X2}");
        if (!MBusTelegram.TryParse(application, out var telegram) || telegram is null)
            return $"{To(frame.Address)}: a telegram without meaning";
        var who = telegram.Header.Identity is { } identity ? $" of {identity}" : "";
        return telegram.Encryption != MBusEncryption.None
            ? $"{To(frame.Address)}: encrypted data{who}"
            : string.Create(CultureInfo.InvariantCulture, $"{To(frame.Address)}: {telegram.Records.Count} records{who}{(telegram.MoreFollow ? ", more follow" : "")}");
    }

    private static string To(byte address) => address switch
    {
        MBusControl.SelectedAddress => "selected meter",
        MBusControl.TestAddress => "any meter",
        MBusControl.BroadcastAddress => "all meters",
        _ => string.Create(CultureInfo.InvariantCulture, $"meter {address}"),
    };
}
