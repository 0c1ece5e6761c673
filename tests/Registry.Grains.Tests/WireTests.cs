using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Session;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters.Text;
using Registry.Core.Ground;
using Registry.Core.Titles;
using Registry.Grains.Clocks;
using Registry.Grains.Wire;
using StreamId = Registry.Actors.Journal.StreamId;

namespace Registry.Grains.Tests;

/// <summary>Everything that a grain takes or gives travels, and arrives as it was sent.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer(serializer => serializer.AddRegistryWire()).BuildServiceProvider();

    public static TheoryData<Type> GrainInterfaces() =>
        [typeof(ILicenseBlockGrain), typeof(IDepositGrain), typeof(IAreaGrain), typeof(IPartyGrain), typeof(ISheetGrain), typeof(ISiloSheets), typeof(ISheetDirectoryGrain),
            typeof(IImportGrain), typeof(IClockGrain)];

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void Every_type_of_every_grain_interface_travels(Type grain)
    {
        var methods = grain.GetInterfaces().Append(grain)
            .Where(type => type.Namespace!.StartsWith("Registry.", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods())
            .ToList();
        Assert.NotEmpty(methods);
        foreach (var method in methods)
        {
            foreach (var type in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).SelectMany(Carried))
                Assert.True(WireBinary.Travels(type) || WireJson.Travels(type), $"{grain.Name}.{method.Name}: {type} does not travel.");
        }
    }

    [Fact]
    public void A_page_of_a_sheet_arrives_byte_for_byte()
    {
        var sent = new SheetPage([[1, 2, 3], [], [255]], Places: [3, 40, 42], Matched: 7, HasMore: true, new SheetLayout(43, SheetLayout.Moving)) { Work = 1_234_567 };
        var arrived = RoundTrip(sent);
        Assert.Equal(sent.Features, arrived.Features);
        Assert.Equal(sent.Places, arrived.Places);
        Assert.Equal((7, 42L, true, sent.Layout, 1_234_567), (arrived.Matched, arrived.Last, arrived.HasMore, arrived.Layout, arrived.Work));
        Assert.True(RoundTrip(SheetPage.TooCostly(new SheetLayout(43, 42))).IsTooCostly);
    }

    [Fact]
    public void Pages_of_several_sheets_arrive_with_where_those_live()
    {
        var page = new SheetPage([[1, 2], []], Places: [4, 5], Matched: 2, HasMore: false, new SheetLayout(5, 4));
        var arrived = RoundTrip(new SiloPages([page, new SheetPage([], [], 9, true, new SheetLayout(8, 0))], [new SheetHome(new SheetId(11, 40), "silo-2")]));
        Assert.Equal(page.Features, arrived.Pages[0].Features);
        Assert.Equal((9, true), (arrived.Pages[1].Matched, arrived.Pages[1].HasMore));
        Assert.Equal(new SheetHome(new SheetId(11, 40), "silo-2"), Assert.Single(arrived.Moved));
    }

    [Fact]
    public void A_question_to_several_sheets_arrives_as_it_was_put()
    {
        var sent = new SheetsQuery(
            new SheetQuery(Collection.Deposits, new BoundingBox(60, 45, 70, 50), 0, 0) { Work = 7_000_000, IsCounted = false },
            [new SheetPart(new SheetId(11, 40), 7, 10), new SheetPart(new SheetId(-3, 1), 0, 0)])
        {
            Most = 10,
        };
        var arrived = RoundTrip(sent);
        Assert.Equal(10, arrived.Most);
        Assert.Null(RoundTrip(sent with { Most = null }).Most);
        Assert.Equal(sent.Question, arrived.Question);
        Assert.Equal(sent.Parts, arrived.Parts);
    }

    [Fact]
    public void An_encoded_feature_arrives_byte_for_byte()
    {
        byte[] sent = [1, 0, 255];
        Assert.Equal(sent, RoundTrip(sent));
    }

    [Fact]
    public void A_command_arrives_as_what_it_was()
    {
        LicenseBlockCommand sent = new Apply(
            LicenseBlockKind.Exploration, new Holder("p", "Party", "KZ"), CellSet.Of([new Cell(3), new Cell(1)]), null, ["copper"], true);
        var arrived = Assert.IsType<Apply>(RoundTrip(sent));
        Assert.Equal((((Apply)sent).Cells, "Party", true), (arrived.Cells, arrived.Holder.Name, arrived.QueueIfTaken));
    }

    [Fact]
    public void A_refusal_keeps_every_conflict()
    {
        var sent = new Actors.Contracts.Answer<LicenseBlockState>(null, new Refusal(RefusalKind.GroundTaken, "taken")
        {
            Conflicts = [new Conflict(new Cell(9), "lb-1", LicenseBlockStatus.Granted)],
        });
        Assert.Equal(sent.Refusal!.Conflicts, RoundTrip(sent).Refusal!.Conflicts);
    }

    [Fact]
    public void A_journal_that_failed_is_told_as_such_with_its_cause()
    {
        Exception sent = new JournalUnavailableException("lost", new FailureOfADriver("broken pipe"));
        var arrived = Assert.IsType<JournalUnavailableException>(RoundTrip(sent));
        Assert.Equal("lost", arrived.Message);
        Assert.Equal("broken pipe", Assert.IsType<FailureOfADriver>(arrived.InnerException).Message);
    }

    [Fact]
    public void A_settlement_keeps_the_object()
    {
        var stamp = new Stamp(5, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var sent = new Settlement("hold", new StreamId(Collection.Deposits, "d"), new StoredObject(new StreamId(Collection.Deposits, "d"), 2, stamp, stamp, [1, 2]));
        var arrived = RoundTrip(sent);
        Assert.Equal((sent.HoldId, sent.Stream, stamp), (arrived.HoldId, arrived.Stream, arrived.Object!.First));
        Assert.Equal(sent.Object!.State, arrived.Object.State);
    }

    [Fact]
    public void A_filter_arrives_as_it_was_sent_however_deep_it_nests()
    {
        var filter = FilterText.Read(string.Concat(Enumerable.Repeat("NOT ", 60)) + "S_INTERSECTS(geometry, POLYGON((70 50, 71.1 50, 71 51, 70 50)))").Filter;
        var sent = new SheetQuery(Collection.Deposits, BoundingBox.World, After: 5, Limit: 10) { Filter = filter };
        Assert.Equal(sent, RoundTrip(sent));
        Assert.Null(RoundTrip(sent with { Filter = null }).Filter);
    }

    [Fact]
    public void A_message_of_an_unknown_version_or_kind_counts_as_no_answer()
    {
        var page = Written(new SheetPage([], [], Matched: 7, HasMore: false, new SheetLayout(1, 0)));
        Assert.Equal(7, ((SheetPage)Read(page)).Matched);
        Assert.Equal(WireBinary.Version, page[2]);
        foreach (var (at, value) in new[] { (2, (byte)(WireBinary.Version + 1)), (1, (byte)251), (1, (byte)200) })
        {
            var changed = (byte[])page.Clone();
            changed[at] = value;
            Assert.True(Unanswered.Is(Assert.Throws<OrleansException>(() => Read(changed))));
        }

        Assert.True(Unanswered.Is(Assert.Throws<OrleansException>(() => WireJson.Deserialize(200, "{}"u8))));
    }

    [Fact]
    public void A_word_or_a_member_that_another_release_added_is_no_fault()
    {
        var sent = WireJson.Serialize(new Settlement("hold", new StreamId(Collection.Deposits, "d"), null));
        var text = Encoding.UTF8.GetString(sent, 1, sent.Length - 1);
        var more = Encoding.UTF8.GetBytes(text.Insert(1, "\"addedLater\":[1],"));
        Assert.Equal("hold", ((Settlement)WireJson.Deserialize(sent[0], more)).HoldId);

        var unknown = Encoding.UTF8.GetBytes("""{"$type":"a-command-of-later"}""");
        var fault = Assert.Throws<OrleansException>(() => WireJson.Deserialize(WireJson.Serialize(new Withdraw())[0], unknown));
        Assert.True(Unanswered.Is(fault));
    }

    /// <summary>The bytes of every binary message, as releases beside this one write and read them. They change with the version only.</summary>
    [Fact]
    public void The_bytes_of_the_binary_messages_are_those_of_their_version()
    {
        var page = new SheetPage([[1, 2]], Places: [3], Matched: 7, HasMore: true, new SheetLayout(43, 42)) { Work = 9 };
        var question = new SheetQuery(Collection.Deposits, new BoundingBox(60, 45, 70, 50), 5, 10) { Work = 7, IsCounted = true };
        Assert.Equal(
            [
                "63FA0107000000012B000000000000002A000000000000000900000000000000010000000300000000000000020000000102",
                "2FF901020000000000000003000000000000000400000008",
                "8FF601010000000000000000004E4000000000008046400000000000805140000000000000494005000000000000000A000000FFFFFFFFFFFFFFFF07"
                + "000000000000000100000000",
                "BFF801010000000000000000004E4000000000008046400000000000805140000000000000494005000000000000000A000000FFFFFFFFFFFFFFFF07"
                + "00000000000000010000000006000000010000001F08000007000000000000000A000000",
                "73F701000000000100000007000000012B000000000000002A000000000000000900000000000000010000000300000000000000020000000102",
            ],
            new object[]
            {
                page, new SheetTile(new SheetVersion(2, 3, 4), [8]), question,
                new SheetsQuery(question, [new SheetPart(new SheetId(11, 40), 7, 10)]) { Most = 6 }, new SiloPages([page], []),
            }.Select(message => Convert.ToHexString(Written(message))));
    }

    public void Dispose() => _services.Dispose();

    // With the length before it.
    private byte[] Written(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var session = _services.GetRequiredService<SerializerSessionPool>().GetSession();
        var writer = Writer.Create(buffer, session);
        WireBinary.Write(ref writer, value);
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }

    private object Read(byte[] body)
    {
        using var session = _services.GetRequiredService<SerializerSessionPool>().GetSession();
        var reader = Reader.Create(body, session);
        reader.ReadVarUInt32();
        return WireBinary.Read(ref reader, reader.ReadByte(), body.Length - 2);
    }

    private T RoundTrip<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }

    // What lies in a Task, and in a Nullable; primitives, texts and bytes are Orleans's own business.
    private static IEnumerable<Type> Carried(Type type)
    {
        if (type == typeof(Task) || type == typeof(void) || type.IsPrimitive || type == typeof(string) || type == typeof(byte[]) || type == typeof(GrainId))
            return [];
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(Nullable<>))
            ? Carried(type.GetGenericArguments()[0])
            : [type];
    }

    private sealed class FailureOfADriver(string message) : Exception(message);
}
