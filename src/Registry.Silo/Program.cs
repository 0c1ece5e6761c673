using Registry.Hosting;
using Registry.Hosting.Telemetry;
using Registry.Silo.Hosting;

try
{
    using var early = new EarlyEnd();
    var builder = WebApplication.CreateBuilder(args);
    if (args.Contains(Migration.Word))
    {
        await Migration.Run(builder.Configuration);
        return 0;
    }

    builder.Services.AddHostedService(_ => early);
    var settings = builder.AddSettings();
    builder.AddTelemetry("silo");
    builder.AddDiscretion();
    await builder.AddJournal(settings, builder.AddClock());
    builder.AddSilo(settings);
    builder.AddHealth();

    await using var app = builder.Build();
    app.UseDashboard();
    app.MapHealth();
    await app.RunAsync();
    return 0;
}
catch (SettingException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
