using Registry.Gateway;
using Registry.Hosting;

try
{
    using var early = new EarlyEnd();
    await using var app = Gateway.Build(args, builder => builder.Services.AddHostedService(_ => early));
    await app.RunAsync();
    return 0;
}
catch (SettingException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
