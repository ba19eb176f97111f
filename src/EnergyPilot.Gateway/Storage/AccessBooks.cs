namespace EnergyPilot.Gateway.Storage;

/// <summary>Who may come in, who is in, and what they did.</summary>
internal sealed record AccessBooks(AccountBook Accounts, SessionBook Sessions, TokenBook Tokens, SecondStepBook SecondSteps, AuditLog Audit)
{
    /// <param name="time">The gateway's clock.</param>
    /// <param name="phones">The clock that people's phones go by: also a demo that lives in another year knows it.</param>
    public static AccessBooks Of(StoreFile file, TimeProvider time, TimeProvider phones) =>
        new(new(file, time), new(file, time), new(file, time), new(file, phones), new(file));
}
