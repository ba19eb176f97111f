namespace EnergyPilot.Io.MBus;

/// <summary>Whether a telegram's records can be read without a key.</summary>
public enum MBusEncryption
{
    /// <summary>Plain.</summary>
    None,

    /// <summary>DES, modes 2 and 3.</summary>
    Des,

    /// <summary>AES-128, modes 4, 5, 7 to 10, or TLS, mode 13.</summary>
    Aes,
}
