namespace EnergyPilot.Gateway.Field;

/// <summary>What is wrong with a line, or was found when a device on it was looked at once: a code whose sentence stands in every language.</summary>
public enum LineFault
{
    None,

    // Lines of the school.
    NoConnection, LineLost, MeterSilent, ChipMissing, ChipNotAllowed, ChipBroken, PinMissing, PinTaken, PinBroken, BrokerUnreachable, BrokerSilent, BrokerLogin,
    BrokerRefuses, BrokerNotTrusted, BrokerGarbled,

    // What keeps something from beginning.
    FileMissing, FileUnreadable, CertificateWrong, ModelWrong, NotSetUp,

    // The city's service.
    Unreachable, NotTrusted, NoAnswer, Refused, Garbled, Other,

    // A look at one device.
    NotOpenYet, LookedAtByAnother, PinOfDevice, OutputNotAsked, NoPulse, OtherMeter, NoIdentity, MeterGarbled, MeterEncrypted, MeterNoData, NothingHeard, OnlyKept, NotUnderstood,
    DeviceOffline,
}
