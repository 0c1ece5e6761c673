# syntax=docker/dockerfile:1
# The registry's images: `docker build --target silo .` and `docker build --target gateway .`
# Neither has a shell or a package manager, and neither runs as root.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
# Projects first: what they restore is kept as a layer until a project or a version changes.
COPY src/Registry.Core/*.csproj src/Registry.Core/
COPY src/Registry.Actors/*.csproj src/Registry.Actors/
COPY src/Registry.Storage/*.csproj src/Registry.Storage/
COPY src/Registry.Grains/*.csproj src/Registry.Grains/
COPY src/Registry.Telemetry/*.csproj src/Registry.Telemetry/
COPY src/Registry.Silo/*.csproj src/Registry.Silo/
COPY src/Registry.Gateway/*.csproj src/Registry.Gateway/
RUN dotnet restore src/Registry.Silo && dotnet restore src/Registry.Gateway
COPY src/ src/
# Made here, because the images below have no shell to make it with.
RUN mkdir /data

FROM build AS build-silo
RUN dotnet publish src/Registry.Silo --no-restore --configuration Release --output /out -property:UseAppHost=false

FROM build AS build-gateway
RUN dotnet publish src/Registry.Gateway --no-restore --configuration Release --output /out -property:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS runtime
WORKDIR /app
# Diagnostics would need a socket in /tmp. The port is named once, by --urls below; the base image's own setting is taken back.
ENV DOTNET_EnableDiagnostics=0 ASPNETCORE_HTTP_PORTS=""
# The user `app` of the base image, by number: Kubernetes cannot tell from a name that it is not root.
USER 1654
EXPOSE 8080

FROM runtime AS silo
COPY --from=build-silo /out ./
EXPOSE 11111 30000
ENTRYPOINT ["dotnet", "Registry.Silo.dll"]
CMD ["--urls", "http://+:8080"]

# Without further settings a gateway is the whole registry in one process, with its journal in /data.
FROM runtime AS gateway
COPY --from=build-gateway /out ./
COPY --from=build --chown=1654:1654 /data /data
ENV Registry__DataDirectory=/data
VOLUME /data
ENTRYPOINT ["dotnet", "Registry.Gateway.dll"]
CMD ["--urls", "http://+:8080"]
