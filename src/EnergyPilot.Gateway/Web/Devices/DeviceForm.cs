using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;

namespace EnergyPilot.Gateway.Web.Devices;

/// <summary>A device as somebody typed it.</summary>
internal sealed record DeviceForm(string Id, string Name, string Type, string Bus, string Address, string Wiring, string Pulse)
{
    private const int Longest = 120;

    public static readonly DeviceForm Empty = new("", "", "", "", "", "", "");

    public static DeviceForm Typed(IFormCollection form) =>
        new(Field(form, "id"), Field(form, "name"), Field(form, "type"), Field(form, "bus"), Field(form, "address"), Field(form, "wiring"), Field(form, "pulse"));

    public static DeviceForm Of(Device device, string pulse) => new(
        device.Id, device.Name == device.Id ? "" : device.Name, device.Type.Id, device.Bus.Id, device.Address,
        device.Points.Any(p => p.Wiring == Core.Sites.Wiring.NormallyClosed) ? "normally-closed" : "", pulse);

    /// <summary>What has to change in the site's text; keys that this form does not show stay as they are.</summary>
    public IEnumerable<SiteEdit> Edits()
    {
        yield return new SetValue($"devices.{Id}.type", Type);
        yield return new SetValue($"devices.{Id}.bus", Bus);
        yield return new SetValue($"devices.{Id}.address", Address);
        foreach (var (key, value) in (ImmutableArray<(string, string)>)[("name", Name), ("wiring", Wiring), ("pulse", Pulse)])
            yield return value.Length > 0 ? new SetValue($"devices.{Id}.{key}", value) : new Remove($"devices.{Id}.{key}");
    }

    /// <summary>A name may become a key of the file: letters, digits and hyphens, as the loader wants it.</summary>
    public bool HasId => Id.Length is > 0 and <= 40 && Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && char.IsAsciiLetterLower(Id[0]);

    /// <summary>Contacts and relays are wired one way or the other.</summary>
    public static bool HasWiring(DeviceType type) => type.Points.Any(p => p.Quantity == Core.Units.Quantity.State);

    /// <summary>Counters of pulses say what one is worth.</summary>
    public static bool HasPulse(DeviceType type) => type.Points.Any(p => p.Where is LineSelector { Use: LineUse.Pulse });

    private static string Field(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > Longest } text ? text[..Longest] : form[name].ToString().Trim();
}
