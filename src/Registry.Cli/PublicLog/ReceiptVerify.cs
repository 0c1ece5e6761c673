using System.CommandLine;
using System.Globalization;
using System.Text;
using Registry.Cli.Commands;
using Registry.Log;
using Registry.Log.Files;
using Registry.Log.Policies;
using Registry.Log.Receipts;
using Registry.Log.Tiles;

namespace Registry.Cli.PublicLog;

/// <summary><c>registry receipt verify</c>: says what a receipt proves, without any network.</summary>
internal static class ReceiptVerify
{
    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("verify", "Check a receipt offline, and say in words what it proves.");
        var file = new Argument<string>("FILE") { Description = "The receipt, as the registry gave it" };
        var entry = new Option<string?>("--entry") { Description = "A file with the entry's bytes, for a receipt that does not carry them" };
        command.Add(file);
        command.Add(entry);
        var trust = new TrustOption(command);
        command.SetAction(async (parsed, _) =>
        {
            var policy = trust.Read(parsed);
            var (proof, bytes) = Read(parsed.GetRequiredValue(file), parsed.GetValue(entry));
            var judgement = Judge(proof, bytes, policy, around.Clock.GetUtcNow());
            foreach (var line in Words(proof, bytes, judgement))
                await around.Output.WriteLineAsync(line);
            return ExitCodes.Done;
        });
        return command;
    }

    private static (TlogProof Proof, byte[] Entry) Read(string file, string? entry)
    {
        try
        {
            var proof = TlogProof.Parse(DurableFile.Read(file, TlogProof.MostBytes));
            var bytes = entry is null ? proof.Extra?.ToArray() : DurableFile.Read(entry, EntryBundle.MostEntryBytes);
            return (proof, bytes ?? throw new CommandFault("The receipt does not carry its entry: give --entry.", ExitCodes.Usage));
        }
        catch (FormatException fault)
        {
            throw new CommandFault($"This is no receipt. {PlainText.Of(fault.Message)}", ExitCodes.Usage);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"The receipt cannot be read: {fault.Message}", ExitCodes.Usage);
        }
    }

    private static Judgement Judge(TlogProof proof, byte[] entry, TrustPolicy policy, DateTimeOffset now)
    {
        try
        {
            return proof.Verify(entry, policy, now);
        }
        catch (NotProvenException fault)
        {
            throw new CommandFault($"NOT PROVEN. {PlainText.Of(fault.Message)}");
        }
    }

    private static string[] Words(TlogProof proof, byte[] entry, Judgement judgement)
    {
        var tree = proof.Checkpoint;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"PROVEN: the entry below is number {proof.Index} of the log {PlainText.Of(tree.Origin)}."),
            string.Create(CultureInfo.InvariantCulture, $"  {proof.Index} entries stand before it. Their order and the bytes of each are fixed by the root {tree.Root} of {tree.Size} entries,"),
            $"  which the holder of the key {judgement.Signer} signed.",
            judgement.IsWitnessed
                ? $"  Enough witnesses of the policy have seen this tree, so that no other history can be shown to others: {judgement.CosignersInWords}."
                : "  No witness was asked for: whether the log shows the same history to others, this alone does not prove.",
            "  Not proven: that what the entry says is true, and that nobody read the request before it was entered.",
            "The entry:",
            PlainText.Of(Encoding.UTF8.GetString(entry)),
        ];
    }
}
