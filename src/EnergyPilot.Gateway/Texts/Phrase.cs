namespace EnergyPilot.Gateway.Texts;

/// <summary>Every text of the page that is not a reason or a word of the trade. Each stands in the section "page" of every language; a test sees to it.</summary>
internal enum Phrase
{
    // School and zone.
    AllIsWell, WellButRooms, ThingsNeedAttention, SilentSince, Colon, Semicolon, Starting, StartingMore, ValuesOf, ConnectionLost, WhatToLookAt, Since,
    Zones, Plant, ConsumptionToday, YesterdayByNow, PowerNow, Outdoor, InRooms, Target, Room, Heat, Presence, PresenceOn, PresenceOff,
    Window, WindowOn, WindowOff, HeldUntil, CityUntil, Supply, Return, Wanted, Demand, AllZones, WhyThisTarget, WhyThisHeat, Sensor,
    Programme, NextChange, LastDay, ChartSummary, AsTable, TimeOfDay, WhatChanged, NothingChanged, ByHand, TakesEffectSoon, BackToProgramme,
    AnybodyMayLook, SignInToChange, Temperature,

    // By hand.
    HalfDegreeLess, HalfDegreeMore, SetpointLimits, SetpointUnreadable, SetpointMissing, SetpointOutside, Until, EndOfUse, ForHours,
    UntilMoment, EndMoment, EndLimits, EndMissing, EndUnreadable, EndInThePast, EndTooFar, NoteForColleagues, NoteTooLong, Summary,
    HoldThis, NothingBreaks,

    // Around every page.
    SkipToContent, AccountAndLanguage, RunsHere,

    // Coming in, and what went wrong.
    SignIn, SignOut, Name, Password, WrongNameOrPassword, LockedOut, FirstAccount, WhereTheCodeIs, OneTimeCode, PasswordAgain, PasswordRule,
    CreateAccount, NameMissing, PasswordRefused, PasswordsDiffer, WrongCode, NotFound, NotFoundMore, FormTooOld, FormTooOldMore,
    TooLarge, TooLargeMore,
    TooManyTries, TooManyTriesMore, SomethingFailed, SomethingFailedMore, ToTheSchool,

    // Upstream.
    Uplink, UplinkState, UplinkWaiting, UplinkOldest, UplinkAcknowledged, UplinkSent, UplinkSamples, UplinkLost, UplinkMore,

    // Devices.
    Devices, DevicesMore, Device, LastHeard, Requests, WithoutAnswer, Damaged, Refused, AnswerTime, LastFrames, AsCapture,

    // Questions about the calendar.
    AQuestion, AnswerEveryWeek, AnswerOnlyToday, AnswerNo, SignInToAnswer, AddedByStaff, AddedWhen, RemoveUse, TooManyUses,

    // An output tested by hand.
    TestOutput, TestWhich, TestThis, TestStandsAt, TestWhy, TestRunning, TestEnd, TestSetTo, TestOn, TestOff, TestRange, TestWhatHappens,
    TestSure, TestNotSure, TestValueMissing, TestBegin,

    // A device added or changed.
    AddDevice, EditDevice, RemoveDevice, ChooseModel, DeviceModel, Next, DeviceId, DeviceIdHelp, DeviceIdWrong, DeviceName, DeviceBus,
    NoSuchBus, DeviceAddress, DeviceWiring, NormallyOpen, NormallyClosed, DevicePulse, ProbeDevice, ProbeAnswers, ProbeSilent,
    ProbeNotPossible,

    // Menu and alarms.
    Menu, School, Alarms, AllAlarms, AlarmsOpen, AlarmsEnded, AlarmsOf, Everything, Show, NoOpenAlarm, NoEndedAlarm, AlarmFromTo, AlarmSeen,
    AlarmNoted, Acknowledge, SignInToAcknowledge, SomebodyWasQuicker, NeedsAttention,

    // Floor plan.
    FloorPlan, PlanOrList, AsPlan, AsList,

    // A zone: valve, quick wishes, what comes, chart, what was learned.
    MorePages, PrintThisDay, Valve, ValveOpen, ValveShut, ValveAt, ThermostatAt, WhyThisValve, QuickWarmer, QuickCooler, QuickNow,
    QuickBoost, QuickLower, QuickUntil, OrExactly, WhatComes, NothingComes, NextHeating, NextInUse, NextLowered, NextHandEnds, LastWeek,
    LastMonth, ThisSeason, OneDay, SevenDays, ThirtyDays, Season, HowFarBack, Chart, ChartKeys, ShowAll, NothingChangedThen, Newer, Older,
    WhatWasLearned, LearnedFrom, NotLearnedYet, LosesPerHour, WarmsPerHour, WarmsNot, MondayNeeds, MondayNever,

    // Week programme.
    Calendar, WeekOf, WeekProgrammeLink, WhenInUse, WeekHelp, CopyDay, CopyDayLong, StartFrom, TemplateSchool, TemplateHalf, TemplateFull,
    TemplateCanteen, TemplateEvening, TemplateEmpty, UsedInHolidays, SharedWith, ForAllOfThem, OnlyHere, WeekWillBe, WeekWillBeForAll,

    // Setpoints, and every change that is looked at first.
    HowWarm, SetpointComfort, SetpointReduced, SetpointAbsence, SetpointFrost, SetpointComfortLaw, SetpointReducedLaw, SetpointAbsenceLaw,
    SetpointFrostLaw, SetpointsAll, SetpointOrder, OnlyForZone, ForWholeSite, SetpointWillBe, LinesInFile, SiteMistake, UndoChange,
    ChangedMeanwhile, ChangeRefused, ChangeNotKept, ChangeMistaken, BarStart, BarEnd, HelpOnProgramme,

    // Year and events.
    SchoolYear, CalendarChanged, CalendarsHold, NoCalendars, NewEvent, ChangeEvent, QuickLine, QuickExample, ReadLine, EmptyForm,
    ImportCalendar, ExportCalendar, CalendarForStaff, ComingEvents, NoEvents, MoreEvents, YearAtAGlance, YearInWords, FromSiteFile,
    FromCalendar, AddedBy, SchoolHoliday, PublicHoliday, AnEvent, Today, MarkSchool, MarkPublic, FromTo, OrdinaryDay, AddOnThisDay,
    OnThisDay, RoomsThatDay, InUseFromTo, NotInUse, AllDay, EventOnce, EventDays, EventWeekly, WholeSchool, AndMoreZones,

    // An event in a form.
    EventName, EventKind, EventKindMissing, EventWhere, EventWhereMissing, AllOfGroup, TheseRooms, EventDay, FirstDay, LastDay2,
    OnlyThisDay, DaysUntil, WeeklyUntil, AlsoInHolidays, EventDayMissing, EventLastMissing, EventLastBeforeFirst, EventOver, EventTooLong,
    EventHours, EventHoursHelp, EventHoursUnreadable, EventHoursMissing, EventSetpoint, EventSetpointHelp, EventClosedSetpoint, AddEvent,
    KeepChange, RemoveEvent, ChangedOnImport, WhatWillHappen, OutlookLater, NoDaysLeft, HoldsOnDays, HeatStarts, StillWarm, InUseAnyway,
    ClosedWillBe, ClosedAnyway, StandsThereAlready, MeetsAnother, ClashRule,

    // An event in one line.
    QuickNoDay, QuickNoHours, QuickNoZone, QuickUnknownZone,

    // Calendars taken in.
    ImportFile, ImportFileHelp, ImportPath, ImportPathHelp, ImportPathWrong, ImportFileMissing, ImportTooLarge, ImportTooMany,
    ImportUnreadable, ImportForgotten, WholeDayEntries, WithoutRoom, ImportWill, ImportCounts, LeftOutTitle, ImportNow, ImportedCalendars,
    SourceTold, RemoveCalendar, HelpOnCalendar, HelpOnImport,

    // Which holidays apply.
    WhichHolidays, WhichHolidaysMore, SchoolHolidays, PublicHolidays, OwnDays, NoSchoolHolidays, NoPublicHolidays, NoHolidaysMore,
    HolidaysOneOfKind, HolidaysKnownUntil, HolidaysOverSince, HolidaysEndSoon, HolidaysAreOver, HolidaysNamed, HolidaysNotChosen,
    HolidaysUnknown, HolidaysUnreadable, HolidaysSame, HolidaysNoDayChanges, HolidaysDaysChange, HolidaysDayOff, HolidaysSchoolDay,
    HolidaysMoreChanges, HelpOnHolidays,

    // Energy.
    Energy, HelpOnEnergy, EnergyPeriods, EnergyEarlier, EnergyLater, EnergyWeekTitle, EnergyMadeUp, EnergyNoMeters, EnergyMeters,
    EnergyMeter, EnergyWhen, EnergyAmount, EnergyUnit, EnergyCost, EnergyStanding, EnergyKnownShare, EnergyNothing, EnergyNotComparable,
    EnergyMore, EnergyLess, EnergyAsMuch, EnergyNothingThen, EnergyKnownFor, EnergyUnplaced, EnergyByHours, EnergyByDays, EnergyByMonths,
    EnergyKeys, EnergyShares, EnergyEmptyGas, EnergyEmptyElectricity, EnergyEmptyHeat, EnergyEmptyWater, EnergySignature,
    EnergySignatureChart, EnergySchoolDays, EnergyDaysOff, EnergySlope, EnergyBase, EnergyQuality, EnergyTooFewDays, EnergyTooLittleWeather,
    EnergyHardlyWeather, EnergyPoorFit, EnergyPerDay, EnergyMeanOutdoor, EnergyExpected, EnergyExpectedAbout, EnergyDownload,

    // What if.
    WhatIf, WhatIfIntro, WhatIfReady, WhatIfReadyMore, WhatIfReadyComfort, WhatIfReadyStart, WhatIfReadyClosed, WhatIfReadyHours,
    WhatIfReadyReduced, WhatIfAskOwn, WhatIfInAddition, WhatIfWhere, WhatIfWhereHelp, WhatIfWholeSchool, WhatIfZones, WhatIfWhat,
    WhatIfComfort, WhatIfReduced, WhatIfAbsence, WhatIfStart, WhatIfClosed, WhatIfFirst, WhatIfLast, WhatIfHours, WhatIfBegin, WhatIfEnd,
    WhatIfHoursHelp, WhatIfAsk, WhatIfAskMore, WhatIfBusy, WhatIfKindMissing, WhatIfTimeUnreadable, WhatIfDayUnreadable,
    WhatIfMinutesUnreadable, WhatIfFaultNothing, WhatIfFaultUnknownZone, WhatIfFaultTemperature, WhatIfFaultTime, WhatIfFaultDays,
    WhatIfFaultContradiction, WhatIfFaultTooMany, WhatIfSaysComfort, WhatIfSaysReduced, WhatIfSaysAbsence, WhatIfSaysStart,
    WhatIfSaysClosed, WhatIfSaysHours, WhatIfNotMoved, WhatIfLater, WhatIfEarlier, WhatIfSaves, WhatIfCosts, WhatIfUnclear, WhatIfSame,
    WhatIfColder, WhatIfNoColder, WhatIfGuess, WhatIfLawInUse, WhatIfLawEmptyForADay, WhatIfLawEmptyForLong, WhatIfFigures, WhatIfSeason,
    WhatIfNow, WhatIfThen, WhatIfDifference, WhatIfBetween, WhatIfHeat, WhatIfEnergy, WhatIfCost, WhatIfCo2, WhatIfColdHours,
    WhatIfColdKelvinHours, WhatIfLate, WhatIfJudged, WhatIfRange, WhatIfGrounds, WhatIfWeather, WhatIfScaled, WhatIfUnscaled, WhatIfTooFar,
    WhatIfTook, WhatIfByZone, WhatIfLearned, WhatIfWorking, WhatIfLook, WhatIfStop, WhatIfStopped, WhatIfFailed, WhatIfAddMore, WhatIfAgain,
    WhatIfLastOnes, WhatIfQuestion, WhatIfSaving, WhatIfApply, WhatIfApplyMore, WhatIfApplied, WhatIfAppliedAnew, HelpOnWhatIf,

    // Site file and its versions.
    Settings, SiteFileMore, SiteText, SiteTextHelp, SiteTextTooLong, SiteOnlyInstaller, SiteLook, SiteApply, SiteApplyAnew, SiteNote, SiteApplied,
    SiteBeginsAnew, SiteMistakes, SiteMoreMistakes, SiteLine, SiteWarnings, SiteNoChange, SiteWillChange, SiteEffectLive, SiteEffectAnew,
    SiteEffectNone, SiteDifference, SiteLineAdded, SiteLineRemoved, SiteMoreLines, SiteOutdated, SiteVersions, SiteNoVersions,
    SiteVersionNumber, SiteFromFile, SiteHolds, SiteFailed, SiteWentBack, SiteOlderVersions, SiteSameAsNow, SiteUndoMore, SiteUndo,
    SiteWholeText, HelpOnSettings, SiteFile,

    // My account.
    MyAccount, NotSignedIn, NotSignedInMore, LanguageOfThePage, ChangePassword, ChangePasswordMore, ChangeGivenPassword, OldPassword,
    NewPassword, PasswordTheSame, WrongOldPassword, SecondStepTitle, SecondStepMore, SetUp, SecondStepScan, OpenInApp, OrTypeSecret,
    SecondStepType, CodeOfTheApp, CodeOfTheAppHelp, SwitchOn, SwitchOff, SecondStepOn, SecondStepIsOn, PaperCodesMore, CodesAreWritten,
    WrongSecondCode, SecondStepTooLate, SecondStepLockedOut, Sessions, SessionsMore, ThisBrowser, UnknownBrowser, SessionSince, EndSession,
    EndOtherSessions, Tokens, TokensMore, TokenMade, TokenName, TokenNameHelp, TokenMay, TokenHolds, MakeToken, TakeBack, TokenUntil,
    TokenOver, TokenRefused, DonePassword, DoneSecondStepOff, DoneSession, DoneToken, PageCertificate, CertificateMade, CertificateOwn,
    HelpOnMyAccount,

    // Accounts.
    Accounts, WhoMaySignIn, AddAccount, RoleMay, MayViewer, MayStaff, MayInstaller, MayAdmin, FirstPassword, FirstPasswordHelp, NameTaken,
    IsLockedOut, LastSeen, NotSignedInNow, AccountSince, ChangeRole, ChangeRoleMore, GivePassword, ComingIn, SessionCount,
    SignOutEverywhere, Unlock, SecondStepAway, RemoveAccount, RemoveAccountMore, RemoveAccountNow, LastAdmin, AllTokens, NoTokens,
    DoneAccountAdded, DoneAccountRemoved, DoneAccountChanged, HelpOnAccounts,

    // Audit.
    Audit, Filter, Who, What, AnyDeed, ToWhat, FromDay, ToDay, NothingInAudit, Somebody, Before, After, OtherPages, Newest, AsCsv, AsJson,
    HelpOnAudit,

    // Comfort votes.
    Votes, VoteAsk, VoteTooCold, VoteFine, VoteTooWarm, VoteAnonymous, VoteThanks, VoteNow, VoteRoomNow, VoteRoomUnknown, VoteNext,
    VoteNextMore, VoteAgain, VoteTooSoon, VoteRoomFull, VoteNotKept, VoteTipCold, VoteTipWarm, VotesIntro, VotesPosters,
    VotesByWeek, VotesWeek, VotesNone, VotesTooFew, VotesNotReached, VotesDivided, VotesContent, VotesRaise, VotesLower, VotesLegalLimit,
    VotesFarEnough, VotesLook, VotesNotNow, VotesResting, VotesRests, VotesApplied, VotesRenewed, VotesApply, VotesChangeOf, VotesOutdated,
    VotesNotPossible, VotesCode, VotesRenew, VotesRenewMore, VotesNotice, HelpOnVotes,

    // Posters.
    Posters, PostersWhere, PostersWhereMore, PostersWhereWrong, PostersKeep, PostersRooms, PostersSize, PostersSmall, PostersLarge,
    PostersShow, PostersPrint, PosterCodeOf, PosterAsk, PosterHow,

    // API.
    ApiTitle, ApiIntro, ApiDocument, ApiRules, ApiFor, ApiAnybody, ApiAnswers, ApiParameters, ApiBody, ApiExample,

    // The day, on the wall and on paper.
    Wall, DayHoliday, DayClosed, DayEvent, Day, DayBefore, DayAfter, QuietDay, OutdoorThatDay, EventsOfDay, InUse, MeanWord, LowestWord,
    HighestWord, LateRooms, LateRoom, ByHandThatDay, HeldThatDay, PrintedAt, DayLikeIt, AmountByNow, UsualRange,

    // Help.
    Help, AllHelp, HelpFirst, OneRoom, HelpOnGeneral, HelpOnSchool, HelpOnZone, HelpOnAlarms, HelpOnDevices, HelpOnWall, NotAllowed,
    NotAllowedMore,
}
