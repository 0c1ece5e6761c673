using Registry.Gateway;
using Registry.Gateway.Log;
using Registry.Hosting;

try
{
    using var early = new EarlyEnd();
    await using var app = args.Contains(SigningProcess.Word)
        ? SigningProcess.Build(args, AddEarly)
        : Gateway.Build(args, AddEarly);
    await app.RunAsync();
    return 0;

    void AddEarly(WebApplicationBuilder builder) => builder.Services.AddHostedService(_ => early);
}
catch (SettingException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
