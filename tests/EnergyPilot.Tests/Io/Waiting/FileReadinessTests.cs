using System.IO.Pipes;
using EnergyPilot.Io.Waiting;

namespace EnergyPilot.Tests.Io.Waiting;

/// <summary>Waiting for real pipes of the kernel.</summary>
public sealed class FileReadinessTests : IDisposable
{
    private readonly AnonymousPipeServerStream near = new(PipeDirection.In);
    private readonly AnonymousPipeClientStream far;
    private readonly FileReadiness readiness;

    public FileReadinessTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "epoll is Linux's.");
        far = new(PipeDirection.Out, near.ClientSafePipeHandle);
        readiness = new(File(near));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        readiness.Dispose();
        far.Dispose();
        near.Dispose();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wait_ends_when_bytes_are_there_and_not_before()
    {
        var wait = readiness.Until(FilePoller.CanRead, Stop).AsTask();
        wait.IsCompleted.ShouldBeFalse();

        far.WriteByte(1);

        await wait;
        // Nobody has read the byte: the next wait ends at once.
        await readiness.Until(FilePoller.CanRead, Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wait_ends_with_its_token_and_the_next_one_works()
    {
        using var giveUp = new CancellationTokenSource();
        var wait = readiness.Until(FilePoller.CanRead, giveUp.Token).AsTask();

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(wait);
        far.WriteByte(1);
        await readiness.Until(FilePoller.CanRead, Stop);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wait_ends_with_disposal()
    {
        var wait = readiness.Until(FilePoller.CanRead, Stop).AsTask();

        readiness.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(wait);
        Should.Throw<ObjectDisposedException>(() => readiness.Until(FilePoller.CanRead, Stop).AsTask());
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Hung_up_file_that_asks_for_nothing_is_reported_once_and_not_for_ever()
    {
        var reports = 0;
        using var lost = new AnonymousPipeServerStream(PipeDirection.In);
        lost.ClientSafePipeHandle.Dispose();
        var number = FilePoller.Shared.Add(File(lost), _ => Interlocked.Increment(ref reports));

        // Each of these is a round of the poller, in which the lost file could be reported again.
        far.WriteByte(1);
        for (var round = 0; round < 100; round++)
            await readiness.Until(FilePoller.CanRead, Stop);

        FilePoller.Shared.Remove(File(lost), number);
        Volatile.Read(ref reports).ShouldBe(1);
    }

    private static int File(PipeStream pipe) => (int)pipe.SafePipeHandle.DangerousGetHandle();
}
