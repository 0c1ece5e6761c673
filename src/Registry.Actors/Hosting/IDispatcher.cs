using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Core.Ground;

namespace Registry.Actors.Hosting;

/// <summary>Carries messages to actors: what differs between the hosts: in-process, Orleans, simulation.</summary>
public interface IDispatcher
{
    /// <summary>Sends a message to the actor of an object, which takes one at a time.</summary>
    /// <typeparam name="TActor">The actor's interface.</typeparam>
    /// <typeparam name="TResult">What it answers.</typeparam>
    Task<TResult> ToObject<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class;

    /// <summary>
    /// Sends a message that may be carried out twice without harm, as a question may and a write with an idempotency key: who loses
    /// messages may send it again.
    /// </summary>
    /// <typeparam name="TActor">The actor's interface.</typeparam>
    /// <typeparam name="TResult">What it answers.</typeparam>
    Task<TResult> ToObjectRepeatably<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class => ToObject(stream, message);

    /// <summary>Sends a message to the actor of a sheet, which interleaves at awaits.</summary>
    /// <typeparam name="TResult">What it answers.</typeparam>
    Task<TResult> ToSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> message);

    /// <summary>Asks a sheet something that changes nothing: who loses messages may send it again, and who is near may ask without one.</summary>
    /// <typeparam name="TResult">What it answers.</typeparam>
    Task<TResult> AskSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> question) => ToSheet(sheet, question);

    /// <summary>The activation of a license block, when it lives where the caller does; else null.</summary>
    LicenseBlock? Near(StreamId licenseBlock) => null;

    /// <summary>Asks an import something; it takes one message at a time. May be asked again without harm.</summary>
    /// <typeparam name="TResult">What it answers.</typeparam>
    Task<TResult> ToImport<TResult>(string id, Func<IImport, Task<TResult>> question);
}
