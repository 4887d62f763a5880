package io.surfacescan.importers.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Importers;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Random gateways and routes, held against the words of the Gateway API, route by route.
class GatewayRoutesTest {
  private static final List<String> NAMESPACES = List.of("a", "b", "c");
  private static final Map<String, String> TEAMS = Map.of("a", "red", "b", "blue", "c", "red");
  private static final List<String> HOSTS = List.of("*.x.test", "www.x.test", "y.test");

  private record Listener(
      String name, int port, String protocol, String from, String team, String kind, String host) {
    String json() {
      String selector =
          from.equals("Selector")
              ? ",\"selector\":{\"matchLabels\":{\"team\":\"" + team + "\"}}"
              : "";
      String namespaces =
          from.isEmpty() ? "" : "\"namespaces\":{\"from\":\"" + from + "\"" + selector + "}";
      String kinds = kind.isEmpty() ? "" : "\"kinds\":[{\"kind\":\"" + kind + "\"}]";
      String comma = namespaces.isEmpty() || kinds.isEmpty() ? "" : ",";
      String hostname = host.isEmpty() ? "" : ",\"hostname\":\"" + host + "\"";
      return "{\"name\":\"%s\",\"port\":%d,\"protocol\":\"%s\"%s,\"allowedRoutes\":{%s}}"
          .formatted(name, port, protocol, hostname, namespaces + comma + kinds);
    }

    boolean takes(Route route) {
      boolean isNamed =
          (route.section.isEmpty() || route.section.equals(name))
              && (route.port == 0 || route.port == port);
      boolean isFrom =
          switch (from) {
            case "All" -> true;
            case "Selector" -> team.equals(TEAMS.get(route.namespace));
            default -> route.namespace.equals("a");
          };
      boolean isKind =
          kind.isEmpty()
              ? protocol.equals("TCP") == route.kind.equals("TCPRoute")
              : kind.equals(route.kind);
      return isNamed && isFrom && isKind && isFor(route.host);
    }

    private boolean isFor(String other) {
      if (host.isEmpty() || other.isEmpty() || host.equals(other)) {
        return true;
      }
      return !host.equals("y.test") && !other.equals("y.test");
    }
  }

  private record Route(
      String kind, String namespace, String name, String section, int port, String host) {
    String json() {
      String parent =
          "{\"name\":\"edge\",\"namespace\":\"a\""
              + (section.isEmpty() ? "" : ",\"sectionName\":\"" + section + "\"")
              + (port == 0 ? "" : ",\"port\":" + port)
              + "}";
      String hosts = host.isEmpty() ? "" : ",\"hostnames\":[\"" + host + "\"]";
      return object(
          kind,
          namespace,
          name,
          "\"parentRefs\":[%s]%s,\"rules\":[{\"backendRefs\":[{\"name\":\"%s\",\"port\":80}]}]"
              .formatted(parent, hosts, name));
    }
  }

  private static String object(String kind, String namespace, String name, String spec) {
    String labels =
        switch (kind) {
          case "Namespace" -> ",\"labels\":{\"team\":\"" + TEAMS.get(name) + "\"}";
          case "Pod" -> ",\"labels\":{\"app\":\"" + name + "\"}";
          default -> "";
        };
    String version =
        kind.endsWith("Route") || kind.equals("Gateway") ? "gateway.networking.k8s.io/v1" : "v1";
    String in = kind.equals("Namespace") ? "" : ",\"namespace\":\"" + namespace + "\"";
    return "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"%s%s},\"spec\":{%s}}"
        .formatted(version, kind, name, in, labels, spec);
  }

  private static <T> T any(SplittableRandom random, List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static Listener listener(SplittableRandom random, int number) {
    return new Listener(
        "l" + number,
        any(random, List.of(80, 443)),
        any(random, List.of("HTTP", "HTTPS", "TCP")),
        any(random, List.of("", "Same", "All", "Selector")),
        any(random, List.of("red", "blue")),
        any(random, List.of("", "", "HTTPRoute", "TCPRoute")),
        random.nextBoolean() ? "" : any(random, HOSTS));
  }

  private static Route route(SplittableRandom random, int number) {
    String kind = any(random, List.of("HTTPRoute", "GRPCRoute", "TCPRoute"));
    return new Route(
        kind,
        any(random, NAMESPACES),
        "app" + number,
        any(random, List.of("", "", "l0", "l1")),
        any(random, List.of(0, 0, 80, 443)),
        kind.equals("TCPRoute") || random.nextBoolean() ? "" : any(random, HOSTS));
  }

  @Test
  void gateway_leadsToTheServicesOfRoutesThatAListenerTakes() {
    var counts = new int[2];
    Seeds.check(
        150,
        seed -> {
          var random = new SplittableRandom(seed);
          var listeners = List.of(listener(random, 0), listener(random, 1));
          var objects = new ArrayList<String>();
          NAMESPACES.forEach(each -> objects.add(object("Namespace", "", each, "")));
          objects.add(
              object(
                  "Gateway",
                  "a",
                  "edge",
                  "\"listeners\":["
                      + listeners.getFirst().json()
                      + ","
                      + listeners.getLast().json()
                      + "]"));
          var expected = new TreeSet<String>();
          for (int i = 0; i < 6; i++) {
            var route = route(random, i);
            objects.add(route.json());
            objects.add(object("Pod", route.namespace, route.name, ""));
            objects.add(
                object(
                    "Service",
                    route.namespace,
                    route.name,
                    "\"selector\":{\"app\":\"" + route.name + "\"},\"ports\":[{\"port\":80}]"));
            if (listeners.stream().anyMatch(listener -> listener.takes(route))) {
              expected.add(
                  "a/edge[Gateway] > %s/%s[Pod]: tcp/80".formatted(route.namespace, route.name));
              counts[0]++;
            } else {
              counts[1]++;
            }
          }
          String export =
              "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                  + String.join(",", objects)
                  + "]}";
          var imported =
              Importers.read(
                  List.of("-"), new ByteArrayInputStream(export.getBytes(UTF_8)), (_, _) -> {});
          assertThat(imported.problems().errors()).as(export).isEmpty();
          var found = new TreeSet<>(KubernetesScenarioTest.pairs(imported.environment()));
          found.removeIf(pair -> !pair.startsWith("a/edge[Gateway] > "));
          assertThat(found).as(export).isEqualTo(expected);
        });
    if (Seeds.areUsual()) {
      assertThat(counts[0]).as("routes taken").isGreaterThan(100);
      assertThat(counts[1]).as("routes not taken").isGreaterThan(100);
    }
  }
}
