// The health check of an image that has no shell and no client to ask with: GET of one address; 0 when it answers with a 2xx, and 1 when not.
//   dotnet Registry.Probe.dll http://127.0.0.1:8080/healthz/ready

using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
try
{
    using var answer = await client.GetAsync(new Uri(args[0]));
    // Docker keeps what a check writes: `docker inspect` says why a container is not healthy.
    Console.WriteLine($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    return answer.IsSuccessStatusCode ? 0 : 1;
}
catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
{
    Console.WriteLine(fault.Message);
    return 1;
}
