# Stages: build (the program), tools (sources with JDK and Maven, for lint and tests), api (the service, the default).

FROM maven:3.9-eclipse-temurin-25 AS tools
# Where Compose keeps what Maven downloads.
ENV MAVEN_OPTS=-Dmaven.repo.local=/maven
WORKDIR /surfacescan
COPY . .

FROM tools AS build
RUN mvn -B -ntp -q -Dchecks=off -DskipTests package -pl app -am

FROM eclipse-temurin:25-jre AS api
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin surfacescan
COPY --from=build /surfacescan/app/target/quarkus-app /opt/surfacescan
COPY data /data
USER 10001
# Inside a container loopback would reach nobody: who may connect is decided by the published port and the network.
ENV SURFACESCAN_HOST=0.0.0.0 \
    SURFACESCAN_PORT=8001 \
    SURFACESCAN_DATADIR=/data
EXPOSE 8001
# The image has no curl: bash opens the connection itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SURFACESCAN_PORT && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/surfacescan/quarkus-run.jar"]
CMD ["serve"]
