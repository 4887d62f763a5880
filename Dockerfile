# Stages: build (the program), tools (sources with JDK and Maven, for lint and tests), load (the load test), api (the
# service, the default).

FROM maven:3.9-eclipse-temurin-25 AS tools
# Where Compose keeps what Maven downloads.
ENV MAVEN_OPTS=-Dmaven.repo.local=/maven
WORKDIR /surfacescan
COPY . .

FROM tools AS build
RUN mvn -B -ntp -q -Dchecks=off -DskipTests package -pl app -am
# SQLite would unpack its library into /tmp, where a container may not be allowed to run anything.
RUN mkdir app/target/native && cd app/target/native \
  && jar xf ../program/lib/org.xerial.sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
  && mv org/sqlite/native/Linux/*/libsqlitejdbc.so . && rm -r org

FROM tools AS build-load
RUN mvn -B -ntp -q -Dchecks=off -DskipTests package -pl load

FROM eclipse-temurin:25-jre AS load
COPY --from=build-load /surfacescan/load/target/lib /opt/load/lib
COPY --from=build-load /surfacescan/load/target/classes /opt/load/classes
COPY scripts/load.options /opt/load/
ENTRYPOINT ["java", "@/opt/load/load.options", "-cp", "/opt/load/classes:/opt/load/lib/*", "io.surfacescan.load.LoadTest", "--reports", "/reports"]

FROM eclipse-temurin:25-jre AS api
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin surfacescan
COPY --from=build /surfacescan/app/target/program /opt/surfacescan
COPY --from=build /surfacescan/app/target/native /opt/surfacescan/native
COPY scripts/start.sh scripts/verbs.options scripts/serve.options /opt/surfacescan/
COPY data /data
# Where statistics are kept. Without a volume they end with the container.
RUN install -d -o surfacescan -m 0700 /var/lib/surfacescan
# What a start needs is recorded with the Java that will start it. If that fails, the program works without. Of the caches
# the image starts with one only.
RUN (. /opt/surfacescan/start.sh && record_starts /opt/surfacescan "$JAVA_HOME" /opt/surfacescan /data); \
  rm -f /opt/surfacescan/verbs.aot
USER 10001
# Inside a container loopback would reach nobody. Who may ask is for whoever runs it to say: without SURFACESCAN_TOKENS,
# SURFACESCAN_TLS_CLIENT_CA or SURFACESCAN_INSECURE=true it does not start.
ENV SURFACESCAN_HOST=0.0.0.0 \
    SURFACESCAN_PORT=8001 \
    SURFACESCAN_DATADIR=/data \
    SURFACESCAN_STATE_DIR=/var/lib/surfacescan
EXPOSE 8001
# The image has no curl: bash opens the connection itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SURFACESCAN_PORT && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "@/opt/surfacescan/serve.options", "-XX:MaxRAMPercentage=60", "-XX:AOTCache=/opt/surfacescan/serve.aot", "-Dorg.sqlite.lib.path=/opt/surfacescan/native", "-Djava.library.path=/opt/surfacescan/native", "-jar", "/opt/surfacescan/surfacescan.jar"]
CMD ["serve"]
