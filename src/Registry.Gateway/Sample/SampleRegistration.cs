using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Parties;
using Registry.Core.Titles;
using Registry.Formats.DepositTables;
using Registry.Gateway.Objects;
using Registry.Sample;

namespace Registry.Gateway.Sample;

/// <summary>
/// Registers a sample country through the same actors as everybody else. Each object has an id and an idempotency key of its own
/// name, so that a registration that was cut off goes on where it stopped.
/// </summary>
/// <param name="regime">The law.</param>
/// <param name="actors">Where to.</param>
public sealed class SampleRegistration(Regime regime, IActors actors)
{
    private const int AtOnce = 128;
    private const int MostAreaCells = 100_000;

    private static readonly Caller Registrar = new("sample", Role.Registrar);

    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(1);

    private CancellationToken _cancellation;

    /// <summary>Registers what is not registered yet, and asks as long as silos are too busy to answer.</summary>
    /// <exception cref="InvalidOperationException">The registry refused part of it: the sample and the law disagree.</exception>
    public async Task Register(SampleCountry country, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        if (country.LicenseBlocks is [.., var last]
            && await UntilAnswered(actors.LicenseBlock(IdOf(Collection.LicenseBlocks, last.Key)).Get) is { State.Status: var status }
            && status == last.Outcome)
        {
            return;
        }

        await Each(country.Parties, Register, cancellation);
        await Each(country.Areas, Register, cancellation);
        await Each(country.Deposits, Register, cancellation);
        await Each(country.LicenseBlocks.SkipLast(1), block => Register(country.Parties, block), cancellation);
        // The last one says that all the others are there.
        await Register(country.Parties, country.LicenseBlocks[^1]);
    }

    private static Task Each<T>(IEnumerable<T> all, Func<T, Task> register, CancellationToken cancellation) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
        (one, _) => new ValueTask(register(one)));

    private Task Register(SampleParty party)
    {
        var id = IdOf(Collection.Parties, party.Key);
        return Done(party.Key, request => actors.Party(id).Register(request, new PartyState
        {
            Id = id,
            Name = party.Name,
            Kind = PartyKind.Company,
            Country = party.Country,
        }));
    }

    private Task Register(SampleArea area)
    {
        var id = IdOf(Collection.Areas, area.Key);
        return Done(area.Key, request => actors.Area(id).Register(request, new AreaState
        {
            Id = id,
            Name = area.Name,
            Effect = area.Effect,
            Geometry = area.Geometry,
            BufferMetres = area.BufferMetres,
            LegalBasis = area.LegalBasis,
            Cells = AreaReach.Snap(
                regime.Graticule, area.Geometry, area.BufferMetres, SnapRule.Covered, MostAreaCells, WorkBudget.Unbounded).Cells,
        }));
    }

    private Task Register(DepositDraft deposit)
    {
        var id = IdOf(Collection.Deposits, deposit.Key);
        return Done(deposit.Key, request => actors.Deposit(id).Register(request, new DepositState
        {
            Id = id,
            Name = deposit.Name,
            OtherNames = deposit.OtherNames,
            Status = deposit.Status,
            Geometry = deposit.Location,
            Commodities = deposit.Commodities,
            Sources = deposit.Sources,
        }));
    }

    private async Task Register(IReadOnlyList<SampleParty> parties, SampleLicenseBlock block)
    {
        var party = parties[block.Holder];
        var title = actors.LicenseBlock(IdOf(Collection.LicenseBlocks, block.Key));
        var holder = IdOf(Collection.Parties, party.Key);
        await Done(block.Key, request => title.Carry(request, new Apply(
            block.Kind, new Holder(holder, party.Name, party.Country), block.Cells, null, block.Commodities, QueueIfTaken: false)));
        LicenseBlockCommand? decision = block.Outcome switch
        {
            LicenseBlockStatus.Granted => new Grant(),
            LicenseBlockStatus.Refused => new Refuse("Refused, for the sample."),
            LicenseBlockStatus.Withdrawn => new Withdraw(),
            _ => null,
        };
        if (decision is not null)
            await Done($"{block.Key}/{block.Outcome}", request => title.Carry(request, decision));
    }

    private static string IdOf(Collection collection, string key) => ObjectId.From(collection, KeyOf(key));

    private static RequestKey KeyOf(string key) => new($"sample/{key}", "sample");

    private async Task Done<TState>(string key, Func<Request, Task<Answer<TState>>> register)
        where TState : class
    {
        var request = new Request(Guid.NewGuid().ToString("N"), Registrar, KeyOf(key));
        if ((await UntilAnswered(() => register(request))).Refusal is { } refusal)
            throw new InvalidOperationException($"The sample's {key} was refused: {refusal.Detail}");
    }

    // A whole country at once keeps the silos of a small machine busy for longer than a call waits. The key makes asking again safe.
    private async Task<TAnswer> UntilAnswered<TAnswer>(Func<Task<TAnswer>> ask)
    {
        using var again = new PeriodicTimer(BeforeAskingAgain);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (ActorUnavailableException)
            {
                await again.WaitForNextTickAsync(_cancellation);
            }
        }
    }
}
