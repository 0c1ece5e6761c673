using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;

namespace Registry.Actors.Tests.Journal;

/// <summary>
/// The bytes of every type of event, as tests/vectors/log-entries.json has them. What was published never changes: a difference is a fault,
/// until the format is declared version 1 a change. With <c>REGISTRY_WRITE_VECTORS=1</c> in the environment the file is written.
/// </summary>
public sealed class EntryVectorsTests
{
    private static readonly string s_path = Path.Combine(FindRoot(), "tests", "vectors", "log-entries.json");
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public void Every_entry_has_the_bytes_that_were_published()
    {
        var text = JsonSerializer.Serialize(new { entries = Vectors() }, s_indented) + "\n";
        if (Environment.GetEnvironmentVariable("REGISTRY_WRITE_VECTORS") == "1")
            File.WriteAllText(s_path, text);

        Assert.Equal(File.ReadAllText(s_path), text);
    }

    [Fact]
    public void Every_type_of_event_has_a_vector()
    {
        var known = FoldedObject.Events.SelectMany(kind => kind.Event.GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(derived => $"{StreamId.NameOf(kind.Collection)} {derived.TypeDiscriminator}"));

        var written = EntryVectors.All.Select(append => $"{StreamId.NameOf(append.Stream.Collection)} {TypeOf(append)}");

        Assert.Equal(known.Order(), written.Distinct().Order());
    }

    [Fact]
    public void Every_text_of_an_event_is_erasable_or_known_to_be_no_name()
    {
        // Ids, codes, words of lists and dates. What a person writes freely is not among them.
        string[] published =
        [
            "LicenseBlockEvent.id", "LicenseBlockEvent.holder.id", "LicenseBlockEvent.holder.country", "LicenseBlockEvent.commodities",
            "LicenseBlockEvent.number", "DepositEvent.deposit.id", "DepositEvent.deposit.commodities", "AreaEvent.area.id", "PartyEvent.party.id",
            "PartyEvent.party.country", "ErasureEvent.seals", "LawEvent.sha256",
        ];

        var texts = FoldedObject.Events.SelectMany(kind => kind.Event.GetCustomAttributes<JsonDerivedTypeAttribute>()
            .SelectMany(derived => Texts(derived.DerivedType, kind.Event.Name)));

        Assert.Equal(published.Order(), texts.Distinct().Order());
    }

    [Fact]
    public void An_entry_of_the_longest_event_stays_within_its_bound()
    {
        // What is not sealed and no object has at most this many members of at most as many bytes; epochs are of every sheet there is.
        const int mostMembers = 10;
        const int mostEpochBytes = SheetId.Rows * 2 * SheetId.Zones * 14;
        Assert.All(
            FoldedObject.Events.SelectMany(kind => kind.Event.GetCustomAttributes<JsonDerivedTypeAttribute>()),
            derived => Assert.InRange(Members(derived.DerivedType), 0, mostMembers));
        Assert.InRange((mostMembers * EntryParts.MostInline) + 2_000, 1, Entry.MostBytes - (mostEpochBytes / 2));
    }

    private static IEnumerable<object> Vectors()
    {
        var previous = new byte[32];
        foreach (var (place, append) in EntryVectors.All.Index())
        {
            var written = Entry.Write(append, new Stamp(place + 1, EntryVectors.At.AddSeconds(place)), previous, new CountingSalts(place));
            yield return new
            {
                canonical = Encoding.UTF8.GetString(written.Canonical),
                leaf = Convert.ToHexStringLower(written.Hash),
                beside = SealedValue.Read(written.Beside).Select(value => new
                {
                    salt = Convert.ToHexStringLower(value.Salted.Span[..ISalts.Length]),
                    value = Encoding.UTF8.GetString(value.Json),
                }),
                objects = written.Objects.Select(apart => Encoding.UTF8.GetString(apart.Bytes)),
            };
            previous = written.Hash;
        }
    }

    private static string TypeOf(Append append)
    {
        using var document = JsonDocument.Parse(append.Event);
        return document.RootElement.GetProperty("type").GetString()!;
    }

    private static IEnumerable<string> Texts(Type record, string path) => record.GetProperties()
        .Where(property => property.GetCustomAttribute<ErasableAttribute>() is null)
        .SelectMany(property => (property.PropertyType, $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}") switch
        {
            (var type, var name) when type == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(type) => [name],
            ({ IsClass: true } type, var name) when type.Assembly == record.Assembly && type != typeof(CellSet) => Texts(type, name),
            ({ IsGenericType: true } type, var name) when type.GenericTypeArguments[0] is { IsClass: true } item && item.Assembly == record.Assembly => Texts(item, name),
            _ => [],
        });

    private static int Members(Type record) => record.GetProperties()
        .Where(property => property.GetCustomAttribute<ErasableAttribute>() is null)
        .Sum(property => property.PropertyType is { IsClass: true } type && type.Assembly == record.Assembly && type != typeof(CellSet) ? Members(type) : 1);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Registry.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests were not built inside a checkout.");
        return folder;
    }

    private sealed class CountingSalts(int start) : ISalts
    {
        private int _next = start * 16;

        public void Fill(Span<byte> salt) => salt.Fill((byte)_next++);
    }
}
