using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of a meter.</summary>
internal static class MeterFields
{
    public static Meter Read(string id, SiteReading reading, Fields fields)
    {
        var name = fields.Need("name", Shapes.Text, "What people call it");
        var medium = fields.Need("medium", Shapes.Choice<Medium>(), "What flows through it");
        var index = fields.Need("index", reading.Point(Role.Index), "The point that only grows: energy, or volume of gas or water");
        var power = fields.Take("power", reading.Points(Role.Power), [], "Momentary power, where the meter tells it");
        var calorific = fields.Take("calorific-value", Shapes.Quantity(Quantity.CalorificValue, 5, 40), double.NaN, "Gas by volume: gross calorific value with the meter's pressure correction, from the bill");
        var price = fields.Take("price", Shapes.Quantity(Quantity.EnergyPrice, 0, 5), 0, "Price of the energy; 0 when missing");
        var co2 = fields.Take("co2", Shapes.Quantity(Quantity.EmissionFactor, 0, 2000), 0, "Emissions of the energy, CO2 equivalent; 0 when missing");
        var standing = fields.Take("standing-charge", Shapes.Quantity(Quantity.YearlyPrice, 0, 1_000_000), 0, "What the contract costs a year whatever is used; 0 when missing");
        var volumePrice = fields.Take("volume-price", Shapes.Quantity(Quantity.VolumePrice, 0, 100), 0, "Water: price of a cubic metre; 0 when missing");
        if (medium != Medium.Water && fields.Has("volume-price"))
            fields.At("volume-price").Wrong($"a price of volume", $"none: only water is paid by volume; gas and energy have a price per kWh");
        if (medium == Medium.Water && fields.Has("price"))
            fields.At("price").Wrong($"a price of energy", $"none: water has a \"volume-price\", for example \"4.20 €/m³\"");
        return new Meter(id, name, medium, index, power, KwhPerUnit(medium, index, calorific, reading, fields), price, co2)
        {
            EuroPerYear = standing, EuroPerCubicMetre = volumePrice,
        };
    }

    private static double KwhPerUnit(Medium medium, PointId index, double calorific, SiteReading reading, Fields fields)
    {
        var quantity = reading.Devices.Values.SelectMany(d => d.Points).FirstOrDefault(p => p.Id == index)?.Type.Quantity;
        if (quantity is null) return 0;
        var isGasByVolume = medium == Medium.Gas && quantity == Quantity.Volume;
        if (isGasByVolume && !fields.Has("calorific-value"))
            fields.Here.Wrong($"no \"calorific-value\"", $"calorific-value: energy of a cubic metre of gas, for example \"11.2 kWh/m³\"");
        if (!isGasByVolume && fields.Has("calorific-value"))
            fields.At("calorific-value").Wrong($"a calorific value", $"none: this index is not a volume of gas");
        if (!Fits(medium, quantity.Value))
            fields.At("index").Wrong($"{fields.At("index").Node.Described}, {QuantityShape.Named(quantity.Value)}", medium == Medium.Water ? (Saying)$"a volume" : $"an energy");
        return isGasByVolume ? calorific : quantity == Quantity.Energy ? 1 : 0;
    }

    private static bool Fits(Medium medium, Quantity quantity) => medium switch
    {
        Medium.Gas => quantity is Quantity.Volume or Quantity.Energy,
        Medium.Water => quantity == Quantity.Volume,
        _ => quantity == Quantity.Energy,
    };
}
