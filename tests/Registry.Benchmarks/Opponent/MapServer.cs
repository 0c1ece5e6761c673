using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Registry.Benchmarks.Opponent;

/// <summary>MapServer's OGC API - Features over the opponent's database: two FastCGI processes of the distribution's behind lighttpd.</summary>
internal sealed class MapServer : IAsyncDisposable
{
    private const string Server = "/usr/sbin/lighttpd";
    private const string Program = "/usr/lib/cgi-bin/mapserv";

    private readonly Process _process;

    private MapServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Why there is none here; null when there is one.</summary>
    public static string? WhyNot =>
        File.Exists(Server) && File.Exists(Program) ? null : "MapServer or lighttpd is missing (Debian: apt-get install cgi-mapserver lighttpd).";

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The path of the items of license blocks.</summary>
    public static string Items(string query) => $"/ogc/registry/ogcapi/collections/license-blocks/items?f=json&{query}";

    /// <summary>Starts it; ends when it answers.</summary>
    /// <param name="database">How the opponent's database is reached.</param>
    public static async Task<MapServer> Start(string database)
    {
        var directory = Country.NewDirectory();
        var port = FreePort();
        var connection = $"host={Part(database, "Host")} user={Part(database, "Username")} dbname={Part(database, "Database")}";
        await File.WriteAllTextAsync(Path.Combine(directory, "registry.map"), Map(port, connection));
        await File.WriteAllTextAsync(Path.Combine(directory, "mapserver.conf"), $"""
            CONFIG
              ENV
                MS_MAP_PATTERN "."
              END
              MAPS
                REGISTRY "{directory}/registry.map"
              END
            END
            """);
        await File.WriteAllTextAsync(Path.Combine(directory, "lighttpd.conf"), $$"""
            server.document-root = "{{directory}}"
            server.bind = "127.0.0.1"
            server.port = {{port}}
            server.max-keep-alive-requests = 1000000
            server.modules = ( "mod_fastcgi" )
            fastcgi.server = ( "/ogc" => (( "bin-path" => "{{Program}}", "socket" => "/tmp/mapserv-{{port}}.socket", "max-procs" => 2, "check-local" => "disable",
              "bin-environment" => ( "MAPSERVER_CONFIG_FILE" => "{{directory}}/mapserver.conf" ) )) )
            """);
        var process = Process.Start(new ProcessStartInfo(Server, ["-D", "-f", Path.Combine(directory, "lighttpd.conf")]))!;
        var started = new MapServer(process, new Uri($"http://127.0.0.1:{port}"));
        await started.UntilAnswering();
        return started;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Map(int port, string connection) => $"""
        MAP
          NAME "registry"
          SIZE 100 100
          EXTENT 46 40 88 56
          PROJECTION "init=epsg:4326" END
          WEB
            METADATA
              "ows_title" "registry"
              "ows_enable_request" "*"
              "oga_onlineresource" "http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/ogc"
              "oga_html_template_directory" "/usr/share/mapserver/ogcapi/templates/html-bootstrap4/"
            END
          END
          LAYER
            NAME "license-blocks"
            TYPE POLYGON
            STATUS ON
            TEMPLATE "none"
            CONNECTIONTYPE POSTGIS
            CONNECTION "{connection}"
            DATA "geom FROM (SELECT sequence, id, kind, status, area_km2, geom FROM license_block) AS asked USING UNIQUE sequence USING SRID=4326"
            PROCESSING "CLOSE_CONNECTION=DEFER"
            PROJECTION "init=epsg:4326" END
            METADATA
              "ows_title" "License blocks"
              "gml_include_items" "all"
              "gml_types" "auto"
              "oga_featureid" "sequence"
              "oga_max_limit" "10000"
            END
          END
        END
        """;

    private static string Part(string connectionString, string name) =>
        Regex.Match(connectionString, $"{name}=([^;]+)", RegexOptions.IgnoreCase).Groups[1].Value;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    // A web server that has no listener yet refuses the connection; there is no other signal to wait for.
    private async Task UntilAnswering()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = 100; ; left--)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Items("limit=1"), UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (left > 0)
            {
                await again.WaitForNextTickAsync();
            }
        }
    }
}
