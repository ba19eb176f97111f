namespace EnergyPilot.Io.MBus;

/// <summary>C fields and addresses. Source: EN 13757-2, C field and A field.</summary>
public static class MBusControl
{
    /// <summary>SND_NKE: the meter forgets its selection and the next request counts as the first.</summary>
    public const byte Reset = 0x40;

    /// <summary>SND_UD: data to a meter, without the frame count bit.</summary>
    public const byte SendData = 0x53;

    /// <summary>REQ_UD2: asks for the meter's data, without the frame count bit.</summary>
    public const byte Request = 0x5B;

    /// <summary>RSP_UD: a meter's data.</summary>
    public const byte Response = 0x08;

    /// <summary>FCB: toggles with each new request, so that a repetition can be told from the next one.</summary>
    public const byte FrameCount = 0x20;

    /// <summary>The meter that was selected by its secondary address.</summary>
    public const byte SelectedAddress = 253;

    /// <summary>All meters, and all answer: only for a line with a single one.</summary>
    public const byte TestAddress = 254;

    /// <summary>All meters, none answers.</summary>
    public const byte BroadcastAddress = 255;

    /// <summary>The last primary address of a meter.</summary>
    public const byte LastPrimary = 250;
}
