namespace Registry.Cli.Tests.Importing;

public sealed class ImportDepositsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_row_of_a_dirty_table_is_reported_on()
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, _directory.Write("d.csv", Deposits.Dirty));

        Assert.Equal(1, import.ExitCode);
        Assert.Equal(3, registry.Objects);
        Assert.Equal("2: Gornostai: registered", import.Lines[0]);
        Assert.Equal("3: Kempirsai: registered", import.Lines[1]);
        Assert.Equal("4: Akchatau, Aqshatau: changed (it has 2 names in one and is called Akchatau)", import.Lines[2]);
        Assert.StartsWith("5: Gornostai: merged into Gornostai (its point lies ", import.Lines[3], StringComparison.Ordinal);
        Assert.StartsWith("6: Plast: refused (the point at latitude 54.36", import.Lines[4], StringComparison.Ordinal);
        Assert.StartsWith("7: Balkhash Smelter: refused (by its name", import.Lines[5], StringComparison.Ordinal);
        Assert.Equal("6 rows: 2 registered, 1 changed, 1 merged, 0 already there, 2 refused, 0 failed.", import.Lines[6]);
    }

    [Fact]
    public async Task A_deposit_is_sent_as_the_table_was_understood()
    {
        await using var registry = await StandInRegistry.Start();

        await Import(registry, _directory.Write("d.csv", Deposits.Dirty));

        var sent = Assert.Single(registry.Requests, request => request["name"].GetString() == "Gornostai");
        Assert.Equal("/deposits", sent.Path);
        Assert.Equal("Bearer rk_test", sent.Authorization);
        Assert.Equal(
            """
            {"name":"Gornostai","otherNames":[],"status":"deposit","commodities":["cobalt","nickel"],"sources":["usgs#1","usgs#4"],"geometry":{"type":"Point","coordinates":[78.75,50.61]}}
            """,
            sent.Body);
    }

    [Fact]
    public async Task The_same_file_a_second_time_has_no_second_effect()
    {
        await using var registry = await StandInRegistry.Start();
        var file = _directory.Write("d.csv", Deposits.Dirty);

        var first = await Import(registry, file);
        var second = await Import(registry, file);

        Assert.Equal(1, second.ExitCode);
        Assert.Equal(3, registry.Objects);
        Assert.Equal("6 rows: 0 registered, 0 changed, 1 merged, 3 already there, 2 refused, 0 failed.", second.Lines[^1]);
        Assert.Equal(first.Lines[3..6], second.Lines[3..6]);
    }

    [Fact]
    public async Task The_order_of_the_rows_makes_no_second_deposit()
    {
        await using var registry = await StandInRegistry.Start();
        var rows = Deposits.Dirty.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await Import(registry, _directory.Write("a.csv", Deposits.Dirty));
        var turned = await Import(registry, _directory.Write("b.csv", string.Join('\n', [rows[0], .. rows[1..].Reverse()])));

        Assert.Equal(3, registry.Objects);
        Assert.Equal("6 rows: 0 registered, 0 changed, 1 merged, 3 already there, 2 refused, 0 failed.", turned.Lines[^1]);
    }

    [Fact]
    public async Task A_record_that_says_something_else_by_now_is_refused_and_the_first_stays()
    {
        await using var registry = await StandInRegistry.Start();
        await Import(registry, _directory.Write("d.csv", Deposits.Dirty));

        var second = await Import(registry, _directory.Write("d.csv", Deposits.Dirty.Replace("58.28,Nickel", "58.28,Chromium", StringComparison.Ordinal)));

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("3: Kempirsai: refused (the record was imported before and said something else", second.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_registry_refuses_is_reported_with_its_rules_conflicts_and_places()
    {
        await using var registry = await StandInRegistry.Start();
        registry.Before = (context, request) => request["name"].GetString() switch
        {
            "Site 1" => StandInRegistry.Problem(context, 422, "rule-broken", ""","rules":[{"rule":"outside-jurisdiction","detail":"It lies abroad."}]"""),
            "Site 2" => StandInRegistry.Problem(context, 400, "malformed", ""","errors":[{"pointer":"/name","detail":"Too long."}]"""),
            "Site 3" => StandInRegistry.Problem(context, 403, "forbidden"),
            _ => Task.FromResult(false),
        };

        var import = await Import(registry, _directory.Write("d.csv", Deposits.Sound(4)));

        Assert.Equal(1, import.ExitCode);
        Assert.Equal(
            [
                "2: Site 1: refused (rule-broken: outside-jurisdiction: It lies abroad.)",
                "3: Site 2: refused (malformed: /name: Too long.)",
                "4: Site 3: refused (forbidden: The forbidden.)",
                "5: Site 4: registered",
            ],
            import.Lines[..4]);
    }

    [Fact]
    public async Task A_row_merged_into_a_refused_deposit_is_refused_with_it()
    {
        await using var registry = await StandInRegistry.Start();
        registry.Before = (context, _) => StandInRegistry.Problem(context, 403, "forbidden");

        var import = await Import(registry, _directory.Write("d.csv", Deposits.Dirty));

        Assert.StartsWith("5: Gornostai: refused (it is one with Gornostai: forbidden: The forbidden.; its point", import.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_than_the_bound_is_under_way_at_once()
    {
        await using var registry = await StandInRegistry.Start();
        using var eight = new CountdownEvent(8);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        registry.Before = async (_, _) =>
        {
            if (!eight.IsSet && eight.Signal())
                gate.SetResult();
            await gate.Task;
            return false;
        };

        await Import(registry, _directory.Write("d.csv", Deposits.Sound(40)));

        Assert.Equal(40, registry.Objects);
        Assert.Equal(8, registry.MostAtOnce);
    }

    [Fact]
    public async Task Progress_is_told_in_lines_where_there_is_no_terminal()
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, _directory.Write("d.csv", Deposits.Sound(20)));

        var lines = import.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Length);
        Assert.Equal("deposits: 2 of 20", lines[0]);
        Assert.Equal("deposits: 20 of 20", lines[^1]);
    }

    [Fact]
    public async Task The_report_file_has_every_row_and_no_formula()
    {
        await using var registry = await StandInRegistry.Start();
        var report = _directory.File("report.csv");
        var file = _directory.Write("d.csv", Deposits.Header + "usgs,1,=HYPERLINK(1),50.61,78.75,Nickel\nusgs,2,Nowhere,,,\n");

        var import = await Import(registry, file, "--report", report);

        var lines = await File.ReadAllLinesAsync(report);
        Assert.Equal("row,name,outcome,object,id,remarks", lines[0]);
        Assert.StartsWith("2,'=HYPERLINK(1),registered,'=HYPERLINK(1),obj-", lines[1].Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("3,Nowhere,refused,,,the coordinates are missing", lines[2]);
        Assert.Equal("2 rows: 1 registered, 0 changed, 0 merged, 0 already there, 1 refused, 0 failed.", Assert.Single(import.Lines));
    }

    [Theory]
    [InlineData("name,lat\n", "lacks the columns site_name, lon")]
    [InlineData("", "lacks the columns")]
    public async Task What_is_no_table_of_deposits_is_not_sent(string content, string why)
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, _directory.Write("d.csv", content));

        Assert.Equal(2, import.ExitCode);
        Assert.Contains(why, import.Error, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public async Task A_table_in_another_encoding_is_not_sent_unless_it_is_named()
    {
        await using var registry = await StandInRegistry.Start();
        var windows = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        var file = _directory.File("windows.csv");
        await File.WriteAllBytesAsync(file, windows.GetBytes("site_name,lat,lon,commodities,status\nМедь Шёлка,47.55,66.93,gold,prospect\n"));

        var import = await Import(registry, file);
        Assert.Equal(2, import.ExitCode);
        Assert.Contains("is not UTF-8", import.Error, StringComparison.Ordinal);
        Assert.Contains("byte 37", import.Error, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);

        Assert.Equal(0, (await Import(registry, file, "--encoding", "windows-1251")).ExitCode);
        Assert.Equal("Медь Шёлка", Assert.Single(registry.Requests)["name"].GetString());
    }

    [Fact]
    public async Task The_report_does_not_overwrite_the_file()
    {
        await using var registry = await StandInRegistry.Start();
        var file = _directory.Write("d.csv", Deposits.Dirty);

        var import = await Import(registry, file, "--report", file);

        Assert.Equal(2, import.ExitCode);
        Assert.Equal(Deposits.Dirty, await File.ReadAllTextAsync(file));
        Assert.Empty(registry.Requests);
    }

    private static Task<Typed> Import(StandInRegistry registry, string file, params string[] more) =>
        Typed.Run(["import", "deposits", file, "--url", registry.Url, "--key", "rk_test", .. more]);
}
