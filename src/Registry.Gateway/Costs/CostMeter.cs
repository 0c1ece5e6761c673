using System.Diagnostics.Metrics;

namespace Registry.Gateway.Costs;

/// <summary>Costly requests of this process as metrics, by their kind.</summary>
internal static class CostMeter
{
    private static readonly Meter s_meter = new("Registry");
    private static readonly Figures[] s_figures = [.. CostlyKind.All.Select(kind => new Figures(kind))];
    private static long s_spent;

    /// <summary>Makes the instruments, which tell of every kind from the beginning.</summary>
    public static void Begin()
    {
        // The static constructor has made them by now.
    }

    static CostMeter()
    {
        s_meter.CreateObservableUpDownCounter(
            "registry.costly.under_way", () => All(figures => Volatile.Read(ref figures.UnderWay)), "{request}", "Costly requests that are being answered.");
        s_meter.CreateObservableGauge(
            "registry.costly.bound", () => All(figures => figures.Kind.Most), "{request}", "The most costly requests that are answered at once.");
        s_meter.CreateObservableCounter(
            "registry.costly.refused", () => All(figures => Volatile.Read(ref figures.Refused)), "{request}", "Costly requests that found the line full (429).");
        s_meter.CreateObservableCounter(
            "registry.costly.spent", () => Volatile.Read(ref s_spent), "{request}", "Requests whose work was more than one request may cause (422).");
    }

    /// <summary>A request began (above 0) or ended (below 0).</summary>
    public static void UnderWay(CostlyKind kind, int change) => Interlocked.Add(ref Of(kind).UnderWay, change);

    /// <summary>A request was refused, since the line was full.</summary>
    public static void Refused(CostlyKind kind) => Interlocked.Increment(ref Of(kind).Refused);

    /// <summary>A request was ended, since its work was more than one request may cause.</summary>
    public static void Spent() => Interlocked.Increment(ref s_spent);

    private static Figures Of(CostlyKind kind) => Array.Find(s_figures, figures => figures.Kind == kind)!;

    private static IEnumerable<Measurement<long>> All(Func<Figures, long> figure) =>
        s_figures.Select(figures => new Measurement<long>(figure(figures), new KeyValuePair<string, object?>("kind", figures.Kind.Name)));

    private sealed class Figures(CostlyKind kind)
    {
        public long UnderWay;
        public long Refused;

        public CostlyKind Kind => kind;
    }
}
