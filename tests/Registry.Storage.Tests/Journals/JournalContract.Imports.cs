using Registry.Actors.Journal;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private IKeptImports Imports => Journal;

    [ContractFact]
    public async Task An_import_that_was_accepted_goes_on_until_it_ends_and_then_its_content_is_gone()
    {
        var accepted = await Accept("imp-1", "print", "content");

        Assert.Equal(("imp-1", "print", "content", false), (accepted.Id, accepted.Fingerprint, accepted.Content, accepted.BeginsAgain));
        Assert.Equal([1, 2, 3], (await Imports.FindImport("imp-1"))!.Order!);
        Assert.Equal([7], (await Imports.LoadPart("content", 0))!);
        Assert.Equal([8, 9], (await Imports.LoadPart("content", 1))!);
        Assert.Null(await Imports.LoadPart("content", 2));
        Assert.Equal(["imp-1"], await Imports.Unfinished(10));

        Assert.Equal(1, await Imports.BeginRun("imp-1"));
        await Imports.EndRun("imp-1", 1, new ImportEnd(Clock.Now, true, [4, 5]));

        var ended = (await Imports.FindImport("imp-1"))!;
        Assert.Equal((Clock.Now, true), (ended.End!.At, ended.End.IsFinal));
        Assert.Equal([4, 5], ended.End.Outcome);
        Assert.Null(await Imports.LoadPart("content", 0));
        Assert.Empty(await Imports.Unfinished(10));
        Assert.Null(await Imports.BeginRun("imp-1"));
    }

    [ContractFact]
    public async Task An_import_under_an_id_that_is_taken_is_the_earlier_one_and_its_content_is_dropped()
    {
        await Accept("imp-1", "print", "content");

        var same = await Accept("imp-1", "print", "again");
        var other = await Accept("imp-1", "another", "other");

        Assert.Equal(("content", "print"), (same.Content, same.Fingerprint));
        Assert.Equal(("content", "print"), (other.Content, other.Fingerprint));
        Assert.Null(await Imports.LoadPart("again", 0));
        Assert.Null(await Imports.LoadPart("other", 0));
        Assert.NotNull(await Imports.LoadPart("content", 0));
    }

    [ContractFact]
    public async Task An_import_that_is_accepted_twice_with_its_own_content_keeps_it()
    {
        await Accept("imp-1", "print", "content");

        Assert.Equal("content", (await Accept("imp-1", "print", "content")).Content);

        Assert.Equal([8, 9], (await Imports.LoadPart("content", 1))!);
    }

    [ContractFact]
    public async Task A_run_that_another_has_followed_cannot_end_the_import()
    {
        await Accept("imp-1", "print", "content");
        var first = (await Imports.BeginRun("imp-1"))!.Value;
        var second = (await Imports.BeginRun("imp-1"))!.Value;
        Assert.True(second > first);

        await Imports.EndRun("imp-1", first, new ImportEnd(Clock.Now, true, [1]));
        Assert.Null((await Imports.FindImport("imp-1"))!.End);
        Assert.NotNull(await Imports.LoadPart("content", 0));

        await Imports.EndRun("imp-1", second, new ImportEnd(Clock.Now, true, [2]));
        await Imports.EndRun("imp-1", second, new ImportEnd(Clock.Now, true, [3]));
        Assert.Equal([2], (await Imports.FindImport("imp-1"))!.End!.Outcome);
        Assert.Null(await Imports.BeginRun("imp-nobody"));
        await Imports.EndRun("imp-nobody", 1, new ImportEnd(Clock.Now, true, [3]));
        Assert.Null(await Imports.FindImport("imp-nobody"));
    }

    [ContractFact]
    public async Task An_import_that_did_not_end_for_good_is_begun_again_by_the_same_file_only_and_in_a_new_run()
    {
        await Accept("imp-1", "print", "content");
        var first = (await Imports.BeginRun("imp-1"))!.Value;
        await Imports.EndRun("imp-1", first, new ImportEnd(Clock.Now, false, [1]));
        Assert.True((await Imports.FindImport("imp-1"))!.BeginsAgain);

        var other = await Accept("imp-1", "another", "other");
        Assert.Equal(("content", "print"), (other.Content, other.Fingerprint));
        var again = await Accept("imp-1", "print", "again");

        Assert.Equal(("again", null), (again.Content, again.End));
        Assert.Equal(["imp-1"], await Imports.Unfinished(10));
        Assert.NotNull(await Imports.LoadPart("again", 0));
        Assert.True(await Imports.BeginRun("imp-1") > first);
    }

    [ContractFact]
    public async Task What_ended_long_ago_is_forgotten_but_not_which_file_its_key_stands_for()
    {
        for (var i = 0; i < 4; i++)
            await End($"imp-{i}", Clock.Now.AddHours(i));
        await Accept("imp-goes-on", "print", "goes on", Clock.Now.AddDays(-9));
        await Imports.KeepPart("never accepted", 0, [1], Clock.Now.AddHours(-1));
        await Imports.KeepPart("on its way", 0, [1], Clock.Now.AddHours(1));

        await Imports.Forget(Clock.Now.AddHours(1), 2);

        foreach (var forgotten in new[] { "imp-0", "imp-1" })
        {
            var import = (await Imports.FindImport(forgotten))!;
            Assert.Null(import.Order);
            Assert.Empty(import.End!.Outcome);
            Assert.True(import.BeginsAgain);
            Assert.Equal("print", (await Accept(forgotten, "another", "x")).Fingerprint);
        }

        Assert.NotNull((await Imports.FindImport("imp-2"))!.Order);
        Assert.NotNull((await Imports.FindImport("imp-goes-on"))!.Order);
        Assert.NotNull(await Imports.LoadPart("goes on", 0));
        Assert.NotNull(await Imports.LoadPart("on its way", 0));
        Assert.Null(await Imports.LoadPart("never accepted", 0));
        Assert.Null((await Accept("imp-0", "print", "once more")).End);
    }

    [ContractFact]
    public async Task Unfinished_imports_are_listed_in_the_order_of_their_acceptance()
    {
        await Accept("imp-b", "print", "b", Clock.Now);
        await Accept("imp-a", "print", "a", Clock.Now.AddSeconds(1));
        await Accept("imp-c", "print", "c", Clock.Now.AddSeconds(2));

        Assert.Equal(["imp-b", "imp-a"], await Imports.Unfinished(2));
    }

    private protected async Task<KeptImport> Accept(string id, string fingerprint, string content, DateTimeOffset? at = null)
    {
        await Imports.KeepPart(content, 0, [7], at ?? Clock.Now);
        await Imports.KeepPart(content, 0, [6, 6], at ?? Clock.Now);
        await Imports.KeepPart(content, 1, [8, 9], at ?? Clock.Now);
        return await Imports.Accept(new NewImport(id, fingerprint, content, [1, 2, 3], at ?? Clock.Now));
    }

    private async Task End(string id, DateTimeOffset at)
    {
        await Accept(id, "print", $"content of {id}");
        await Imports.EndRun(id, (await Imports.BeginRun(id))!.Value, new ImportEnd(at, true, [1]));
    }
}
