namespace EnergyPilot.Simulation.Physics;

/// <summary>Carbon dioxide of each zone, well mixed: V·dC/dt = G - n·V·(C - C_outdoor), solved exactly over each minute.</summary>
internal sealed class RoomAir
{
    /// <summary>Carbon dioxide of a child at school work, as the study has it.</summary>
    public const double ChildM3PerHour = 0.013;

    /// <summary>An adult at 1.2 met: 0.0048 l/s (Persily and de Jonge, Indoor Air 27, 2017).</summary>
    public const double AdultM3PerHour = 0.0173;

    private const double PartsPerMillion = 1e6;
    private const double MinutesPerHour = 60.0;

    private readonly double[] co2Ppm;
    private readonly double[] volumeM3;

    public RoomAir(SchoolParameters school)
    {
        volumeM3 = [.. school.Zones.Select(zone => zone.VolumeM3)];
        co2Ppm = new double[volumeM3.Length];
        co2Ppm.AsSpan().Fill(Air.OutdoorCo2Ppm);
    }

    public ReadOnlySpan<double> Co2Ppm => co2Ppm;

    public void Minute(int zone, in ZoneUse use, double airChangesPerHour)
    {
        var sourcePpmPerHour = (use.Pupils * ChildM3PerHour + use.Adults * AdultM3PerHour) * PartsPerMillion / volumeM3[zone];
        if (airChangesPerHour <= 0.0)
        {
            co2Ppm[zone] += sourcePpmPerHour / MinutesPerHour;
            return;
        }
        var finalPpm = Air.OutdoorCo2Ppm + sourcePpmPerHour / airChangesPerHour;
        co2Ppm[zone] = finalPpm + (co2Ppm[zone] - finalPpm) * Math.Exp(-airChangesPerHour / MinutesPerHour);
    }
}
