using System.Reflection;
using Orleans.Runtime.Messaging;
using Registry.Actors.Contracts;
using Registry.Actors.Tests;

namespace Registry.Grains.Tests;

/// <summary>Whatever Orleans throws for a call that had no answer is told in the registry's words, and who may ask again does.</summary>
public sealed class UnansweredTests : IAsyncLifetime
{
    private readonly FailingOnce _onSilo = new();
    private readonly FailingOnce _onClient = new();
    private SmallCountry _country = null!;

    public static TheoryData<string> Names => [.. Thrown.Keys];

    // By what the assemblies of Orleans 10.4.2 throw, or send in a rejection.
    private static Dictionary<string, Func<Exception>> Thrown { get; } = new()
    {
        ["placement expired"] = () => new OperationCanceledException("Message expired before placement could complete for grain clock/0."),
        ["a task cancelled"] = () => new TaskCanceledException(),
        ["no answer in time"] = () => new TimeoutException("Response did not arrive on time in 00:00:05 for message: ..."),
        ["silo gone"] = () => new SiloUnavailableException("The target silo became unavailable for message: ..."),
        ["rejected"] = () => Made(typeof(OrleansMessageRejectionException), "Unable to send request - no rejection info available"),
        ["gateway too busy"] = () => new GatewayTooBusyException(),
        ["silo overloaded"] = () => new LimitExceededException("Target activation is overloaded"),
        ["connection failed"] = () => new ConnectionFailedException(),
        ["client not available"] = () => Made(typeof(ClientNotAvailableException), "No activation for client"),
        ["start cancelled"] = () => Made(typeof(OrleansLifecycleCanceledException), "Lifecycle start canceled"),
        ["any other of Orleans"] = () => new OrleansException("No gateways available."),
        ["client closed"] = () => new ObjectDisposedException("OutsideRuntimeClient"),
    };

    public async Task InitializeAsync() => _country = await SmallCountry.Start(async country => await RegistryCluster.Start(
        country, silos: 1, silo => silo.AddIncomingGrainCallFilter(_onSilo), client => client.AddOutgoingGrainCallFilter(_onClient)));

    public Task DisposeAsync() => _country.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_an_answer_a_question_and_a_write_with_a_key_are_sent_again_and_any_other_write_is_not(string thrown)
    {
        var (id, cells) = ($"lb-{thrown}", _country.Cells(0, 0, 1, 2));
        foreach (var place in (FailingOnce[])[_onSilo, _onClient])
        {
            place.Next = Thrown[thrown]();
            var lost = await Assert.ThrowsAsync<ActorUnavailableException>(() => _country.Apply($"{id}-lost", "a", cells));
            Assert.NotNull(lost.InnerException);

            place.Next = Thrown[thrown]();
            Assert.Null(await _country.Actors.LicenseBlock($"{id}-asked").Get());
            Assert.Null(place.Next);

            place.Next = Thrown[thrown]();
            var answer = await _country.Apply(id, "a", cells, key: $"key of {thrown}");
            Assert.True(answer.Refusal is null, answer.Refusal?.Detail);
            Assert.Null(place.Next);
        }
    }

    [Fact]
    public async Task Who_cancelled_the_call_himself_is_told_so()
    {
        using var leaving = new CancellationTokenSource();
        await leaving.CancelAsync();
        _onClient.Next = new OperationCanceledException(leaving.Token);

        await Assert.ThrowsAsync<OperationCanceledException>(() => _country.Actors.LicenseBlock("lb-1").Get());
    }

    [Fact]
    public async Task A_fault_of_ours_stays_one_and_is_not_sent_again()
    {
        _onSilo.Next = new InvalidOperationException("ours");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _country.Actors.LicenseBlock("lb-1").Get());
    }

    // Only Orleans makes them.
    private static Exception Made(Type type, string message) => (Exception)Activator.CreateInstance(
        type, BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [message], culture: null)!;

    /// <summary>Throws in place of the next call of a license block, once.</summary>
    private sealed class FailingOnce : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        private Exception? _next;

        public Exception? Next
        {
            get => _next;
            set => _next = value;
        }

        public Task Invoke(IIncomingGrainCallContext context) => Invoke(context.InterfaceMethod.DeclaringType!, context.Invoke);

        public Task Invoke(IOutgoingGrainCallContext context) => Invoke(context.InterfaceMethod.DeclaringType!, context.Invoke);

        private Task Invoke(Type actor, Func<Task> call) =>
            actor == typeof(ILicenseBlock) && Interlocked.Exchange(ref _next, null) is { } fault
                ? Task.FromException(fault)
                : call();
    }
}
