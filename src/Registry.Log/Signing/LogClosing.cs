using System.Globalization;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Tree;

namespace Registry.Log.Signing;

/// <summary>
/// The end of a log whose journal has lost entries for good. A note (c2sp.org/signed-note) by its own key and by that of the log that takes its
/// place says where it ended, what is left, and where it goes on. Its first line cannot be that of a checkpoint's, since its second one is no number.
/// </summary>
public static class LogClosing
{
    private const string Ended = ".closed";

    /// <summary>Closes a log: writes the note, and puts the signer's state out of use.</summary>
    /// <param name="statePath">The state of the old log's signer, which must not run.</param>
    /// <param name="old">The old log's key.</param>
    /// <param name="successor">The new log's key, of another name.</param>
    /// <param name="left">The tree over what the journal has: the beginning of the new log.</param>
    /// <param name="notePath">The file of the note, which is not there.</param>
    /// <returns>The note.</returns>
    /// <exception cref="SigningRefusedException">The state is not the old log's, is in use, or nothing was lost.</exception>
    /// <exception cref="IOException">The note or the state cannot be written.</exception>
    public static SignedNote Close(string statePath, SigningKey old, SigningKey successor, TreeFrontier left, string notePath)
    {
        using var state = SignerState.Open(statePath, [old]);
        var last = state.Last;
        if (left.Size >= last.Size)
        {
            throw new SigningRefusedException(string.Create(
                CultureInfo.InvariantCulture, $"The journal has {left.Size} entries, and the log has signed {last.Size}: none is missing, and the log needs not end."));
        }

        var text = string.Create(CultureInfo.InvariantCulture,
            $"The log {last.Origin} is closed.\nIt ended with {last.Size} entries and the root {last.Root}.\n"
            + $"Its journal has lost entries. It has kept {left.Size}, with the root {left.Root}.\n"
            + $"They are the beginning of the log {successor.Verifier.Name}, whose key is {successor.Verifier}.\n");
        var note = new SignedNote(text, [old.Sign(text, default), successor.Sign(text, default)]);
        DurableFile.Create(notePath, note.ToBytes());
        File.Move(statePath, statePath + Ended);
        return note;
    }
}
