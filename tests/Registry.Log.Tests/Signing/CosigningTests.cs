using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Signing;
using Registry.Log.Tests.Files;
using Registry.Log.Tests.Tree;
using Registry.Log.Tests.Witnesses;
using Registry.Log.Witnesses;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Signing;

/// <summary>The signer and its witnesses: those that answer, are silent, lie, and saw another log.</summary>
public sealed class CosigningTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly MemoryLog _log = MemoryLog.Of(10);
    private readonly WitnessAtHand _first;
    private readonly WitnessAtHand _second;
    private readonly LogSigner _signer;

    public CosigningTests()
    {
        SignerState.Create(_scratch["signer"], [LogKey], Now);
        _first = new WitnessAtHand(_scratch["w1"], Witness(1), LogKey.Verifier);
        _second = new WitnessAtHand(_scratch["w2"], Witness(2, SignatureKind.MlDsa44Cosignature), LogKey.Verifier);
        _signer = new LogSigner(_log, SignerState.Open(_scratch["signer"], [LogKey]), [LogKey], [_first.Client, _second.Client], new StillClock(Now));
    }

    private TrustPolicy Both => TrustPolicy.Parse(Utf8(
        $"log {LogKey.Verifier}\nwitness a {_first.Key.Verifier}\nwitness b {_second.Key.Verifier}\ngroup both all a b\nquorum both\n"));

    public void Dispose()
    {
        _signer.Dispose();
        _first.Dispose();
        _second.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Both_cosign_and_their_signatures_are_kept()
    {
        await _signer.Begin();
        for (var round = 0; round < 3; round++)
        {
            _log.Append(MemoryLog.Entry((int)_log.Frontier.Size));
            await Sign();
            var cosigned = await _signer.Cosign();
            Assert.Equal(2, Both.Judge(cosigned, Now).Cosigners.Count);
            Assert.Equal(cosigned.Note.ToString(), File.ReadAllText(_scratch["signer"]));
            Assert.Same(cosigned, _signer.Latest);
        }

        Assert.All(_signer.Witnesses, report => Assert.Equal((WitnessStanding.Cosigns, 13), (report.Standing, report.Size)));
        // Once at the beginning, then once for each round: what they saw last is remembered.
        Assert.Equal(4, _first.Asked);
    }

    [Fact]
    public async Task A_witness_that_saw_more_than_was_remembered_is_asked_again_with_its_size()
    {
        await Sign();
        await _signer.Cosign();
        _log.Append(MemoryLog.Entry(10));
        await Sign();
        // A signer that starts anew knows nothing of what its witnesses saw.
        _signer.Dispose();
        using var again = new WitnessAtHand(_scratch["w3"], Witness(3), LogKey.Verifier);
        again.Witness.Add(new AddCheckpoint(0, [], Notes.Samples.Sign(MemoryLog.Of(7))).ToBytes());
        using var signer = new LogSigner(_log, SignerState.Open(_scratch["signer"], [LogKey]), [LogKey], [again.Client], new StillClock(Now));
        await signer.Cosign();
        Assert.Equal((WitnessStanding.Cosigns, 11), (signer.Witnesses[0].Standing, signer.Witnesses[0].Size));
        Assert.Equal(2, again.Asked);
    }

    [Fact]
    public async Task One_that_is_silent_stops_nobody()
    {
        _second.Instead = _ => throw new HttpRequestException("No route to host");
        await Sign();
        var cosigned = await _signer.Cosign();
        Assert.Equal("w1.example", Assert.Single(cosigned.CosignaturesBy([_first.Key.Verifier, _second.Key.Verifier], Now)).Key.Name);
        Assert.Equal((WitnessStanding.Silent, "No route to host"), (_signer.Witnesses[1].Standing, _signer.Witnesses[1].Words));
        Assert.Contains("Too few witnesses", Assert.Throws<NotProvenException>(() => Both.Judge(cosigned, Now)).Message, StringComparison.Ordinal);
        _second.Instead = _ => null;
        Assert.Equal(2, Both.Judge(await _signer.Cosign(), Now).Cosigners.Count);
    }

    [Fact]
    public async Task One_that_was_shown_a_fork_refuses_and_the_report_says_so()
    {
        var fork = MemoryLog.Of(10, salt: 1);
        _second.Witness.Add(new AddCheckpoint(0, [], Notes.Samples.Sign(fork)).ToBytes());
        await Sign();
        await _signer.Cosign();
        var report = _signer.Witnesses[1];
        Assert.Equal(WitnessStanding.Refuses, report.Standing);
        Assert.StartsWith("It answered 422 UnprocessableEntity: 'The checkpoint of 10 entries is not shown to continue the 10 entries", report.Words, StringComparison.Ordinal);
        Assert.Equal(WitnessStanding.Cosigns, _signer.Witnesses[0].Standing);
    }

    [Fact]
    public async Task One_that_saw_a_greater_tree_refuses()
    {
        _second.Witness.Add(new AddCheckpoint(0, [], Notes.Samples.Sign(MemoryLog.Of(50, salt: 1))).ToBytes());
        await Sign();
        await _signer.Cosign();
        Assert.Equal(
            (WitnessStanding.Refuses, "It has seen 50 entries under this origin, and the log has only 10."),
            (_signer.Witnesses[1].Standing, _signer.Witnesses[1].Words));
    }

    [Theory]
    [InlineData(200, "text/plain", "<html>")]
    [InlineData(200, "text/plain", "")]
    [InlineData(200, "text/plain", "— w2.example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData(409, "text/x.tlog.size", "-1\n")]
    [InlineData(409, "text/x.tlog.size", "3\n")]
    [InlineData(409, "text/plain", "3\n")]
    [InlineData(302, "text/plain", "")]
    [InlineData(404, "text/plain", "This witness does not know the log.\n")]
    [InlineData(500, "text/plain", "oh\nno\n")]
    public async Task One_that_answers_anything_is_silent_to_us(int status, string contentType, string body)
    {
        _second.Instead = _ => WitnessAtHand.Answer(status, contentType, body);
        await Sign();
        Assert.Single((await _signer.Cosign()).CosignaturesBy([_first.Key.Verifier, _second.Key.Verifier], Now));
        Assert.Equal(WitnessStanding.Silent, _signer.Witnesses[1].Standing);
        Assert.DoesNotContain('\n', _signer.Witnesses[1].Words);
        Assert.True(_second.Asked <= 3);
    }

    [Fact]
    public async Task A_journal_that_lost_what_was_signed_is_a_refusal_and_no_crash()
    {
        await Sign();
        await _signer.Cosign();
        _log.Append(MemoryLog.Entry(10));
        await Sign();
        _log.Answer = (_, _) => null;
        var fault = await Assert.ThrowsAsync<SigningRefusedException>(() => _signer.Cosign());
        Assert.Equal(fault.Message, _signer.Refusal);
    }

    [Fact]
    public async Task A_signature_of_another_text_is_no_cosignature()
    {
        _second.Instead = _ => WitnessAtHand.Answer(200, "text/plain", _second.Key.Sign(Notes.Samples.Sign(MemoryLog.Of(9)).Note.Text, Now) + "\n");
        await Sign();
        await _signer.Cosign();
        Assert.Contains("no genuine signature", _signer.Witnesses[1].Words, StringComparison.Ordinal);
    }

    private Task<SignedCheckpoint> Sign() => _signer.Sign(_log.Frontier.Size, _log.Frontier.Root);
}
