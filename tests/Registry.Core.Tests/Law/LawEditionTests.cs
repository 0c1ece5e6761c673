using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Core.Tests.Law;

/// <summary>
/// The canonical form of the law, as tests/vectors/law-kz.json has it. An edition that was adopted anywhere never changes: who changes the law
/// makes another edition, and says so in docs/law.md. With <c>REGISTRY_WRITE_VECTORS=1</c> in the environment the file is written.
/// </summary>
public sealed class LawEditionTests
{
    private static readonly Graticule s_minute = Graticule.Minute;

    private static Regime Small { get; } = Regimes.Kazakhstan with { Jurisdiction = Ground(7, 8, 9, 11) };

    [Fact]
    public void Kazakhstans_law_has_the_bytes_that_were_published()
    {
        var edition = LawEdition.Of(Regimes.Kazakhstan);
        var path = Path.Combine(Folder(), "..", "..", "vectors", "law-kz.json");
        if (Environment.GetEnvironmentVariable("REGISTRY_WRITE_VECTORS") == "1")
            File.WriteAllBytes(path, edition.Form.Span);

        Assert.Equal(File.ReadAllText(path), Encoding.UTF8.GetString(edition.Form.Span));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), edition.Hash);
    }

    [Fact]
    public void The_form_has_every_cell_of_the_country_once()
    {
        using var form = JsonDocument.Parse(LawEdition.Of(Regimes.Kazakhstan).Form);
        var (count, next) = (0L, 0L);
        foreach (var run in form.RootElement.GetProperty("cells").EnumerateArray())
        {
            var (first, last) = (run[0].GetInt64(), run[1].GetInt64());
            Assert.InRange(first, next, last);
            (count, next) = (count + last - first + 1, last + 1);
            Assert.True(Regimes.Kazakhstan.Jurisdiction.Contains(new Cell((uint)first)) && Regimes.Kazakhstan.Jurisdiction.Contains(new Cell((uint)last)));
        }

        Assert.Equal(Regimes.Kazakhstan.Jurisdiction.CellCount, count);
    }

    [Fact]
    public void A_small_law_reads_as_the_documents_say() => Assert.Equal(
        """
        {"regime":"kz","country":"KZ","datum":"EPSG:4326","rows":10800,"columns":21600,"mostCells":200,"mustBeConnected":true,"termYears":{"Exploration":6,"Mining":25,"Contract":25,"GeologicalStudy":3},"workingDaysAfterRefusal":10,"utcOffsetMinutes":300,"holidays":[[1,1],[1,2],[1,7],[3,8],[3,21],[3,22],[3,23],[5,1],[5,7],[5,9],[7,6],[8,30],[10,25],[12,16]],"cells":[[7,9],[11,11]]}
        """,
        Encoding.UTF8.GetString(LawEdition.Of(Small).Form.Span));

    [Fact]
    public void Every_number_that_decides_makes_another_edition_and_nothing_else_does()
    {
        Regime[] others =
        [
            Small with { Code = "au" },
            Small with { Country = null },
            Small with { Datum = "EPSG:7844" },
            Small with { MostCells = 201 },
            Small with { MustBeConnected = false },
            Small with { TermYears = new Dictionary<LicenseBlockKind, int> { [LicenseBlockKind.Exploration] = 6 } },
            Small with { WorkingDaysAfterRefusal = 9 },
            Small with { Calendar = Small.Calendar with { UtcOffset = TimeSpan.FromHours(6) } },
            Small with { Calendar = Small.Calendar with { Holidays = new HashSet<(int, int)> { (1, 1) } } },
            Small with { Jurisdiction = Ground(7, 8, 9, 12) },
        ];

        Assert.Equal(others.Length + 1, others.Append(Small).Select(regime => LawEdition.Of(regime).Hash).Distinct().Count());
        Assert.Equal(LawEdition.Of(Small).Hash, LawEdition.Of(Small with { MostUndecided = 3, Outline = null, Regions = null }).Hash);
    }

    private static Jurisdiction Ground(params uint[] cells) => new(s_minute, cells.Select(key => new Cell(key)));

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
