using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web;

/// <summary>Why a change of the site came to nothing: the same words and the same status wherever it was asked for.</summary>
internal static class SiteRefusal
{
    /// <summary>On a page.</summary>
    public static (Phrase Why, int Status) Of(SiteChangeState state) => state switch
    {
        SiteChangeState.Outdated => (Phrase.ChangedMeanwhile, StatusCodes.Status409Conflict),
        SiteChangeState.Refused => (Phrase.ChangeRefused, StatusCodes.Status403Forbidden),
        SiteChangeState.NotKept => (Phrase.ChangeNotKept, StatusCodes.Status503ServiceUnavailable),
        _ => (Phrase.ChangeMistaken, StatusCodes.Status422UnprocessableEntity),
    };

    /// <summary>For a program.</summary>
    public static Results<NotNow, AgainstRules, NotAllowed, NotKept> Answer(SiteChange change, Reader reader) => change.State switch
    {
        SiteChangeState.Outdated => new NotNow(Detail(change, reader)),
        SiteChangeState.Refused => new NotAllowed(Detail(change, reader)),
        SiteChangeState.NotKept => new NotKept(Detail(change, reader)),
        _ => new AgainstRules(Detail(change, reader)),
    };

    public static string Detail(SiteChange change, Reader reader) => change.State switch
    {
        SiteChangeState.Outdated => $"Somebody else has changed the site meanwhile: its version is {change.Version}; read it again.",
        SiteChangeState.Refused => "Only installers change more than setpoints, programmes and exceptions.",
        SiteChangeState.NotKept => "The card takes nothing at the moment; nothing was changed.",
        _ => Told(change.Preview, reader),
    };

    /// <summary>The mistakes of a text that cannot hold, in one line.</summary>
    public static string Told(SitePreview preview, Reader reader) => string.Join(' ', preview.Mistakes.Select(m => $"{m.Path}{reader.Say(Phrase.Colon)}{reader.Say(m)}"));
}
