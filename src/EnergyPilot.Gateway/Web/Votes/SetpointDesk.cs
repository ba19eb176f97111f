using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>Changes the comfort setpoint of a zone in the site file. The host binds it.</summary>
internal sealed record SetpointDesk
{
    /// <summary>What would become of the site file.</summary>
    public required Func<ZoneId, Celsius, SetpointPreview> Preview { get; init; }

    /// <summary>Changes it, by the version that somebody looked at, with who does and why.</summary>
    public required Func<ZoneId, Celsius, long, Visitor, string, SetpointOutcome> Apply { get; init; }
}

/// <summary>A change of the site file as somebody looks at it before it is made.</summary>
/// <param name="BasedOn">The version that it changes.</param>
/// <param name="Lines">What changes, line by line: "-" before what goes, "+" before what comes, a blank before what stays.</param>
internal sealed record SetpointPreview(bool CanHold, long BasedOn, ImmutableArray<string> Lines);

/// <summary>How an attempt to change a setpoint ended.</summary>
internal enum SetpointOutcome { Done, Outdated, Refused, NotPossible }
