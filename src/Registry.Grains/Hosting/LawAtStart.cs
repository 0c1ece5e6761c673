using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Hosting;
using Registry.Storage.Postgres;

namespace Registry.Grains.Hosting;

/// <summary>What every process that decides, or says what would be decided, does before it starts: it holds its law against the one in force.</summary>
public static class LawAtStart
{
    /// <summary>Adopts the law of this process where none was adopted. Waits for the database as long as it does not answer.</summary>
    /// <param name="journal">The truth.</param>
    /// <param name="regime">The law of this process.</param>
    /// <param name="waiting">Is told why there is no answer, each time.</param>
    /// <exception cref="SettingException">Another law is in force.</exception>
    public static async Task Require(IJournal journal, Regime regime, Action<string> waiting)
    {
        var law = new LawInForce(journal, LawEdition.Of(regime));
        try
        {
            await AwaitedDatabase.Open(
                async () =>
                {
                    await law.Require();
                    return law;
                },
                waiting);
        }
        catch (AnotherLawException another)
        {
            throw new SettingException(another.Message);
        }
    }
}
