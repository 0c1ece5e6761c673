using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Simulation.Faults;
using Registry.Simulation.Running;

namespace Registry.Simulation.Hosting;

/// <summary>
/// Carries messages between actors as a poor network between silos that fail does: late, out of order, not at all, to an
/// activation that crashes, or to either of two activations of the same actor.
/// </summary>
internal sealed class SimulatedDispatcher : IDispatcher
{
    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestLook = TimeSpan.FromDays(1);

    private readonly Simulator _simulator;
    private readonly FaultPlan _faults;
    private readonly Protocol _protocol;
    private readonly ActorPorts _ports;
    private readonly SheetWitness _witness;
    private readonly Dictionary<object, List<Activation>> _routes = [];
    private readonly TimeSpan _patience;
    private int _activations;

    public SimulatedDispatcher(Simulator simulator, FaultPlan faults, Protocol protocol, ActorPorts ports, SheetWitness witness)
    {
        (_simulator, _faults, _protocol, _ports, _witness) = (simulator, faults, protocol, ports, witness);
        _patience = faults.IsCalm ? TimeSpan.FromMinutes(5) : simulator.Choices.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    /// <inheritdoc/>
    public Task<TResult> ToObject<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class => Send(stream, stream.ToString(), message, () => RouteOf(stream));

    /// <inheritdoc/>
    public Task<TResult> ToSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> message) =>
        Send(sheet, sheet.ToString(), message, () => RouteOf(sheet));

    /// <inheritdoc/>
    public Task<TResult> ToImport<TResult>(string id, Func<IImport, Task<TResult>> question) =>
        Send(new ImportAddress(id), id, question, () => RouteOf(new ImportAddress(id)));

    private Task<TResult> Send<TActor, TResult>(object address, string name, Func<TActor, Task<TResult>> message, Func<Activation> route)
        where TActor : class
    {
        var call = new Call<TResult>();
        call.TimeOut = _simulator.After(_patience, "a caller stops to wait", () =>
            call.Fail(new ActorUnavailableException($"{name} did not answer in time.")));
        if (_faults.Strikes(Fault.LostMessage))
        {
            _simulator.Trace.Note(() => $"FAULT a message to {name} is lost");
            return call.Answer;
        }

        _simulator.After(Latency(), "a message arrives", () => Deliver(address, route(), call, message));
        return call.Answer;
    }

    private void Deliver<TActor, TResult>(object address, Activation activation, Call<TResult> call, Func<TActor, Task<TResult>> message)
        where TActor : class
    {
        activation.Accept(call, () => Answer(activation, call, message));
        if (_faults.Strikes(Fault.Crash))
        {
            _simulator.After(_simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(500)), "FAULT a crash", () =>
                Kill(address, activation));
        }

        if (_faults.Strikes(Fault.CrashOfAll))
        {
            _simulator.Trace.Note(() => "FAULT everything crashes");
            foreach (var (each, activations) in _routes.ToList())
            {
                foreach (var victim in activations.ToList())
                    Kill(each, victim);
            }
        }
    }

    private async Task Answer<TActor, TResult>(Activation activation, Call<TResult> call, Func<TActor, Task<TResult>> message)
        where TActor : class
    {
        Action answer;
        try
        {
            var result = await message((TActor)activation.Actor);
            answer = () => call.End(result);
        }
        catch (Exception fault) when (fault is ActorUnavailableException or JournalUnavailableException)
        {
            answer = () => call.Fail(fault);
        }

        if (_faults.Strikes(Fault.LostAnswer))
            _simulator.Trace.Note(() => $"FAULT an answer of {activation.Name} is lost");
        else
            _simulator.After(Latency(), "an answer arrives", answer);
    }

    private Activation RouteOf(StreamId stream) => RouteOf(stream, stream.ToString(), () => _protocol.NewObject(_ports, stream));

    private Activation RouteOf(ImportAddress import) => RouteOf(import, import.Id, () => _protocol.NewImport(_ports, import.Id));

    private Activation RouteOf(object address, string name, Func<object> actor)
    {
        var live = LiveAt(address);
        if (live.Count == 0)
        {
            live.Add(NewObject(name, actor()));
        }
        else if (live.Count == 1 && _faults.Strikes(Fault.SecondObject))
        {
            live.Add(NewObject(name, actor()));
            EndDouble(address, live[0]);
        }

        return live.Count == 1 ? live[0] : _simulator.Choices.Of(live);
    }

    private Activation RouteOf(SheetId sheet)
    {
        var live = LiveAt(sheet);
        foreach (var retired in live.FindAll(activation => activation.IsRetired()))
            Kill(sheet, retired);
        if (live.Count == 0)
        {
            live.Add(NewSheet(sheet));
        }
        else if (live.Count == 1 && _faults.Strikes(Fault.SecondSheet))
        {
            live.Add(NewSheet(sheet));
            EndDouble(sheet, live[0]);
            _witness.Doubled(sheet, live[0].Name);
        }

        return live.Count == 1 ? live[0] : _simulator.Choices.Of(live);
    }

    private List<Activation> LiveAt(object address)
    {
        if (!_routes.TryGetValue(address, out var live))
            _routes.Add(address, live = []);
        return live;
    }

    // The directory finds out, and keeps the newer one.
    private void EndDouble(object address, Activation older) =>
        _simulator.After(
            _simulator.Choices.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25)), "the older of two activations ends",
            () => Kill(address, older));

    private Activation NewObject(string address, object actor)
    {
        var name = $"{address}#{++_activations}";
        var activation = new Activation(_simulator.NewScheduler(name), actor, interleaves: false)
        {
            // What is carried out for nobody is worth seeing now and then; a queue of nothing else never ends.
            DropsExpired = waiting => waiting > 0 || _simulator.Choices.Below(2) == 0,
        };
        _simulator.Trace.Note(() => $"{name} is activated");
        activation.Begin(() => Task.CompletedTask, _ => { });
        return activation;
    }

    private Activation NewSheet(SheetId sheet)
    {
        var name = $"{sheet}#{++_activations}";
        var (actor, reached) = _protocol.NewSheet(_ports, sheet);
        var activation = new Activation(_simulator.NewScheduler(name), _witness.Watch(sheet, name, reached), interleaves: true)
        {
            IsRetired = () => actor.IsRetired,
        };
        _simulator.Trace.Note(() => $"{name} is activated");
        activation.Begin(actor.Activate, fault => Kill(sheet, activation, fault));
        LookAtEpoch(activation, actor, s_firstLook);
        return activation;
    }

    // A host has its sheets look every few seconds. A run of months could not pay for that, so the spans grow.
    private void LookAtEpoch(Activation activation, Sheet sheet, TimeSpan span) =>
        _simulator.After(span, "a host has a sheet look at its epoch", () =>
        {
            if (activation.IsDead)
                return;
            activation.Do(async () =>
            {
                try
                {
                    await sheet.RetireIfFollowed();
                }
                catch (JournalUnavailableException)
                {
                    // It looks again.
                }
            });
            LookAtEpoch(activation, sheet, span * 2 < s_longestLook ? span * 2 : s_longestLook);
        });

    private void Kill(object address, Activation activation, Exception? cause = null)
    {
        if (activation.IsDead)
            return;
        _simulator.Trace.Note(() => $"{activation.Name} ends");
        LiveAt(address).Remove(activation);
        if (address is SheetId sheet)
            _witness.Ended(sheet, activation.Name);
        foreach (var call in activation.Kill())
        {
            // Some callers are told, the others find out when they stop to wait.
            if (cause is not null || _simulator.Choices.Below(2) == 0)
            {
                var fault = cause ?? new ActorUnavailableException($"{activation.Name} crashed.");
                _simulator.After(Latency(), "a caller hears of a crash", () => call.Fail(fault));
            }
        }
    }

    private TimeSpan Latency()
    {
        if (_faults.Strikes(Fault.SlowMessage))
            return _simulator.Choices.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25));
        return _simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(_simulator.Choices.Below(8) == 0 ? 200 : 10));
    }

    private sealed record ImportAddress(string Id);
}
