namespace EnergyPilot.Gateway.Texts;

/// <summary>Every text of the page that is not a reason or a word of the trade. Each stands in the section "page" of every language; a test sees to it.</summary>
internal enum Phrase
{
    AllIsWell, ThingsNeedAttention, SilentSince, Colon, Starting, StartingMore, ValuesOf, ConnectionLost, WhatToLookAt,
    Since, Zones, Plant, ConsumptionToday, YesterdayByNow, PowerNow, Outdoor, InRooms, Target, Room, Heat, Presence,
    PresenceOn, PresenceOff, Window, WindowOn, WindowOff, HeldUntil, CityUntil, Supply, Return, Wanted, Demand, AllZones,
    WhyThisTarget, WhyThisHeat, Sensor, Programme, NextChange, LastDay, ChartSummary, AsTable, TimeOfDay, WhatChanged,
    NothingChanged, ByHand, TakesEffectSoon, BackToProgramme, AnybodyMayLook, SignInToChange, Temperature,
    HalfDegreeLess, HalfDegreeMore, SetpointLimits, SetpointUnreadable, SetpointMissing, SetpointOutside, Until,
    EndOfUse, ForHours, UntilMoment, EndMoment, EndLimits, EndMissing, EndUnreadable, EndInThePast, EndTooFar,
    NoteForColleagues, NoteTooLong, Summary, HoldThis, NothingBreaks, SkipToContent, AccountAndLanguage, RunsHere,
    SignIn, SignOut, Name, Password, WrongNameOrPassword, LockedOut, FirstAccount, WhereTheCodeIs, OneTimeCode, PasswordAgain,
    PasswordRule, CreateAccount, NameMissing, PasswordTooShort, PasswordsDiffer, WrongCode, NotFound, NotFoundMore,
    FormTooOld, FormTooOldMore, TooManyTries, TooManyTriesMore, SomethingFailed, SomethingFailedMore, ToTheSchool,
    Uplink, UplinkState, UplinkWaiting, UplinkOldest, UplinkAcknowledged, UplinkSent, UplinkSamples, UplinkLost, UplinkMore,
    Devices, DevicesMore, Device, LastHeard, Requests, WithoutAnswer, Damaged, Refused, AnswerTime, LastFrames, AsCapture,
    AQuestion, AnswerEveryWeek, AnswerOnlyToday, AnswerNo, SignInToAnswer, AddedByStaff, AddedWeekly, AddedOnce, RemoveUse, TooManyUses,
}
