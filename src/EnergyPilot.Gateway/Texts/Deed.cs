namespace EnergyPilot.Gateway.Texts;

/// <summary>What the audit tells of, as it is written there without blanks: "override ended" is OverrideEnded. Each stands in the section "Deed" of every language.</summary>
internal enum Deed
{
    Override, OverrideEnded, QuestionAnswered, AddedUseRemoved, CityWish, CityWishEnded, CityWishRefused,
    SignedIn, SignedOut, SignInRefused, SignInLockedOut, SecondStepRefused, SessionEnded, SessionsEnded,
    AccountAdded, AccountRemoved, AccountUnlocked, RoleChanged, PasswordChanged, PasswordGiven,
    SecondStepOn, SecondStepOff, TokenMade, TokenTakenBack, TokenRefused,
    AlarmAcknowledged, OutputTested, OutputTestEnded, SiteChanged, SiteFileReadAnew, SiteWentBack, ModelImported, ModelReset, EventAdded, EventChanged, EventRemoved, CalendarImported, CalendarRemoved,
    ComfortSuggestionApplied, ComfortSuggestionPutOff, CodeForVotesRenewed, AddressForVotes,
}
