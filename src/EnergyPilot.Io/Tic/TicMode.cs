namespace EnergyPilot.Io.Tic;

/// <summary>
/// The two dialects of French meters' customer information output (télé-information client).
/// Source: Enedis-NOI-CPT_54E for Linky, Enedis-NOI-CPT_02E for electronic meters before it.
/// </summary>
public enum TicMode
{
    /// <summary>"Historique": 1200 baud 7E1; fields separated by a space.</summary>
    Historic,

    /// <summary>"Standard": 9600 baud 7E1; fields separated by a tab, some with the time of their value.</summary>
    Standard,
}
