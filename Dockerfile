# syntax=docker/dockerfile:1
# The registry's images: `docker build --target silo .`, `--target gateway`, and `--target cli` for the command `registry`.
# None has a shell or a package manager, and none runs as root.

FROM node:24-slim AS map
WORKDIR /source/src/Registry.Map
COPY src/Registry.Map/package.json src/Registry.Map/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
# The map's types come from the contract, its base map from the law's data.
COPY src/Registry.Gateway/Documentation/OpenApi/ ../Registry.Gateway/Documentation/OpenApi/
COPY src/Registry.Core/Law/Kazakhstan/Data/ ../Registry.Core/Law/Kazakhstan/Data/
COPY src/Registry.Map/ ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
# Projects first: what they restore is kept as a layer until a project or a version changes.
COPY src/Registry.Core/*.csproj src/Registry.Core/
COPY src/Registry.Formats/*.csproj src/Registry.Formats/
COPY src/Registry.Sample/*.csproj src/Registry.Sample/
COPY src/Registry.Actors/*.csproj src/Registry.Actors/
COPY src/Registry.Log/*.csproj src/Registry.Log/
COPY src/Registry.Storage/*.csproj src/Registry.Storage/
COPY src/Registry.Grains/*.csproj src/Registry.Grains/
COPY src/Registry.Hosting/*.csproj src/Registry.Hosting/
COPY src/Registry.Silo/*.csproj src/Registry.Silo/
COPY src/Registry.Gateway/*.csproj src/Registry.Gateway/
COPY src/Registry.Cli/*.csproj src/Registry.Cli/
COPY src/Registry.Probe/*.csproj src/Registry.Probe/
RUN for project in Silo Gateway Cli Probe; do dotnet restore src/Registry.$project || exit; done
COPY src/ src/
COPY --from=map /source/src/Registry.Map/dist/ src/Registry.Map/dist/
# One after the other in one step: what they share is compiled once.
RUN for project in Silo Gateway Cli Probe; do \
        dotnet publish src/Registry.$project --no-restore --configuration Release --output /out/$project -property:UseAppHost=false || exit; \
    done
# Made here, because the images below have no shell to make it with.
RUN mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS runtime
WORKDIR /app
# Diagnostics would need a socket in /tmp. The port is named once, by --urls below; the base image's own setting is taken back. The image
# has no Kerberos: Npgsql, which prefers connections that it encrypts, would look for its library with every one, and fail inside.
ENV DOTNET_EnableDiagnostics=0 ASPNETCORE_HTTP_PORTS="" PGGSSENCMODE=disable
# The user `app` of the base image, by number: Kubernetes cannot tell from a name that it is not root.
USER 1654

FROM runtime AS cli
COPY --from=build /out/Cli ./
ENTRYPOINT ["dotnet", "registry.dll"]

FROM runtime AS serving
# What asks them whether they are ready, as the images have no client either.
COPY --from=build /out/Probe /probe
EXPOSE 8080
# Ready, and not merely alive: Docker restarts nothing for it, and who waits for a container wants it to answer. The first start of a
# cluster changes tables, and a silo or gateway waits for that, and for its database.
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --retries=3 \
    CMD ["dotnet", "/probe/Registry.Probe.dll", "http://127.0.0.1:8080/healthz/ready"]

FROM serving AS silo
COPY --from=build /out/Silo ./
EXPOSE 11111 30000
ENTRYPOINT ["dotnet", "Registry.Silo.dll"]
CMD ["--urls", "http://+:8080"]

# Without further settings a gateway is the whole registry in one process, with its journal in /data.
FROM serving AS gateway
COPY --from=build /out/Gateway ./
COPY --from=build --chown=1654:1654 /data /data
# For the volume of the process that signs.
COPY --from=build --chown=1654:1654 /data /state
ENV Registry__DataDirectory=/data
VOLUME /data
ENTRYPOINT ["dotnet", "Registry.Gateway.dll"]
CMD ["--urls", "http://+:8080"]
