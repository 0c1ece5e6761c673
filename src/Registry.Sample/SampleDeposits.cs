using Registry.Core.Law;
using Registry.Formats.DepositTables;

namespace Registry.Sample;

/// <summary>The real mineral sites of the sample country: 57 records of the USGS, see <c>Data/README.md</c>.</summary>
public static class SampleDeposits
{
    /// <summary>The embedded table, understood as any other is.</summary>
    /// <param name="regime">Kazakhstan's.</param>
    public static DepositTableReading Read(Regime regime)
    {
        using var csv = Open();
        return DepositTable.Read(DepositCsv.Read(csv), regime);
    }

    /// <summary>The embedded table itself.</summary>
    /// <exception cref="FileNotFoundException">It is not embedded: a fault of the build.</exception>
    public static Stream Open()
    {
        const string name = "Registry.Sample.Data.deposits_usgs.csv";
        return typeof(SampleDeposits).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("Not embedded.", name);
    }
}
