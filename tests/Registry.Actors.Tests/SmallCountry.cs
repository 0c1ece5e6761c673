using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Storage.InMemory;
using Request = Registry.Actors.Contracts.Request;

namespace Registry.Actors.Tests;

/// <summary>A registry over 20 x 20 cells where four sheets meet, with a clock that the test moves; any host can run its actors.</summary>
public sealed class SmallCountry : IAsyncDisposable
{
    private readonly Func<SmallCountry, Task<IActorsHost>> _host;
    private IActorsHost? _running;
    private int _requests;

    private SmallCountry(Func<SmallCountry, Task<IActorsHost>> host)
    {
        _host = host;
        var graticule = Graticule.Minute;
        // The corner of L-42, L-43, M-42 and M-43: 48 N, 72 E.
        (Row, Column) = (graticule.Row(graticule.CellAt(72, 48)), graticule.Column(graticule.CellAt(72, 48)));
        Regime = new Regime
        {
            Code = "test",
            Graticule = graticule,
            Scheme = KazakhCode.Instance,
            Jurisdiction = new Jurisdiction(graticule,
                from row in Enumerable.Range(Row - 10, 20) from column in Enumerable.Range(Column - 10, 20) select graticule.CellOf(row, column)),
            MostCells = 20,
            MustBeConnected = true,
            TermYears = Enum.GetValues<LicenseBlockKind>().ToDictionary(kind => kind, _ => 6),
            WorkingDaysAfterRefusal = 10,
            Calendar = new LegalCalendar(TimeSpan.FromHours(5), new HashSet<(int, int)>()),
        };
        Journal = new InMemoryJournal(Clock);
    }

    public Regime Regime { get; }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));

    public InMemoryJournal Journal { get; }

    public IActors Actors => _running!.Actors;

    private int Row { get; }

    private int Column { get; }

    public static Caller Applicant(string party) => new(party, Role.Applicant, party);

    public static Caller Registrar { get; } = new("registrar", Role.Registrar);

    /// <summary>Starts the country on a host.</summary>
    public static async Task<SmallCountry> Start(Func<SmallCountry, Task<IActorsHost>> host)
    {
        var country = new SmallCountry(host);
        country._running = await host(country);
        return country;
    }

    /// <summary>A rectangle of cells; (0, 0) is the cell north-east of the point where the sheets meet.</summary>
    public CellSet Cells(int row, int column, int height, int width) => CellSet.Of(
        from r in Enumerable.Range(Row + row, height) from c in Enumerable.Range(Column + column, width) select Regime.Graticule.CellOf(r, c));

    public Request By(Caller caller, string? key = null, long? ifVersion = null) => new(
        $"request-{Interlocked.Increment(ref _requests)}", caller, key is null ? null : new RequestKey(key, "fingerprint"), ifVersion);

    public Task<Answer<LicenseBlockState>> Apply(string id, string party, CellSet cells, bool queue = false, string? key = null) =>
        Actors.LicenseBlock(id).Carry(By(Applicant(party), key), new Apply(
            LicenseBlockKind.Exploration, new Holder(party, party, "KZ"), cells, null, ["copper"], queue));

    public Task<Answer<LicenseBlockState>> Decide(string id, LicenseBlockCommand command) =>
        Actors.LicenseBlock(id).Carry(By(Registrar), command);

    public Task<CellView> Look(Cell cell) => Actors.Sheet(Regime.Graticule.SheetOf(cell)).Look(cell);

    /// <summary>Every actor forgets; only the journal stays.</summary>
    public async Task Restart()
    {
        await _running!.DisposeAsync();
        _running = await _host(this);
    }

    /// <summary>Carries out what is due.</summary>
    public async Task RunDeadlines()
    {
        foreach (var deadline in await Journal.DueAt(Clock.GetUtcNow(), 100))
        {
            LicenseBlockCommand command = deadline.Kind == DeadlineKind.Expire ? new Expire() : new Reconsider();
            var request = By(Caller.Registry) with { Answers = deadline };
            if ((await Actors.LicenseBlock(deadline.Stream.Id).Carry(request, command)).Refusal is not null)
                await Journal.Clear(deadline);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _running!.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
