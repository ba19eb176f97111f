using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>A change of the site on its way: looked at, or tried in vain.</summary>
/// <param name="Words">What it means, in sentences.</param>
internal sealed record SiteStep(SitePreview Preview, IReadOnlyList<string> Words)
{
    /// <summary>Why an attempt came to nothing.</summary>
    public static Phrase Why(SiteChangeState state) => state switch
    {
        SiteChangeState.Outdated => Phrase.ChangedMeanwhile,
        SiteChangeState.Refused => Phrase.ChangeRefused,
        SiteChangeState.NotKept => Phrase.ChangeNotKept,
        _ => Phrase.ChangeMistaken,
    };
}
