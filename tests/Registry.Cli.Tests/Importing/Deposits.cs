namespace Registry.Cli.Tests.Importing;

/// <summary>Small files of deposits.</summary>
internal static class Deposits
{
    public const string Header = "source,record_id,site_name,lat,lon,commodities\n";

    /// <summary>Six rows: two as they are, one changed, one merged, one outside the country, one plant.</summary>
    public const string Dirty = Header
        + "usgs,1,Gornostai,50.61,78.75,Cobalt;Nickel\n"
        + "usgs,2,Kempirsai,50.33,58.28,Nickel\n"
        + "usgs,3,\"Akchatau, Aqshatau\",47.95,74.06,Tungsten\n"
        + "usgs,4,Gornostai,50.62,78.76,Nickel\n"
        + "usgs,5,Plast,54.36,60.81,Gold\n"
        + "usgs,6,Balkhash Smelter,46.84,74.95,Copper\n";

    /// <summary>As many sound rows as asked for, too far from each other to be one.</summary>
    public static string Sound(int count) =>
        Header + string.Concat(Enumerable.Range(1, count).Select(row => FormattableString.Invariant($"test,{row},Site {row},48.{row:00},68.5,Copper\n")));
}
