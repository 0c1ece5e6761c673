using System.Diagnostics.Metrics;
using Registry.Log.Witnesses;

namespace Registry.Gateway.Log;

/// <summary>The signing of the log as metrics, in the process that signs.</summary>
internal static class LogMeter
{
    private static readonly Meter s_meter = new("Registry");

    /// <summary>Makes the instruments.</summary>
    public static void Begin(LogSigning signing)
    {
        s_meter.CreateObservableGauge("registry.log.signed", () => signing.Size, "{entry}", "Entries that the newest checkpoint covers.");
        s_meter.CreateObservableGauge(
            "registry.log.refused", () => signing.Refusal is null ? 0 : 1, "{refusal}", "1 while the log is not signed, or a witness refuses it.");
        s_meter.CreateObservableGauge(
            "registry.log.witnesses", () => Enum.GetValues<WitnessStanding>().Select(standing => new Measurement<int>(
                signing.Witnesses.Count(witness => witness.Standing == standing), new KeyValuePair<string, object?>("standing", standing.ToString()))),
            "{witness}", "Witnesses, by what they answered last.");
    }
}
