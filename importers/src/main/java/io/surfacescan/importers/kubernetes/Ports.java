package io.surfacescan.importers.kubernetes;

import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.reachability.PortName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The ports of a rule: by number, and by name.
record Ports(Services services, List<PortName> names) {
  /// Letters, digits and dashes, a letter among them.
  private static final Pattern NAME = Pattern.compile("[0-9-]*+[A-Za-z][A-Za-z0-9-]*+");

  static final Ports ALL = new Ports(Services.ALL, List.of());

  /// The ports of a NetworkPolicy; all if there are none.
  static Ports ofPolicy(List<Node> ports) throws InvalidValue {
    if (ports.isEmpty()) {
      return ALL;
    }
    var services = new ArrayList<Services>();
    var names = new ArrayList<PortName>();
    for (Node each : ports) {
      each.only("a port", "protocol", "port", "endPort");
      var protocol = protocol(each.get("protocol"));
      var port = each.get("port");
      if (port.isNothing()) {
        services.add(Services.of(protocol));
      } else if (port.number().isPresent()) {
        services.add(range(protocol, port, each.has("endPort") ? each.get("endPort") : port));
      } else if (each.has("endPort")) {
        throw new InvalidValue(
            each, "endPort stands beside the name of a port", "give port as a number");
      } else {
        names.add(new PortName(name(port), Optional.of(protocol)));
      }
    }
    return new Ports(Services.union(services), names);
  }

  /// The ports of an AdminNetworkPolicy; all if there are none.
  static Ports ofAdminPolicy(List<Node> ports) throws InvalidValue {
    if (ports.isEmpty()) {
      return ALL;
    }
    var services = new ArrayList<Services>();
    var names = new ArrayList<PortName>();
    for (Node each : ports) {
      each.only("a port", "portNumber", "portRange", "namedPort");
      each.oneOf("a port", "portNumber", "portRange", "namedPort");
      if (each.has("portNumber")) {
        var number = each.get("portNumber");
        var port = number.get("port");
        services.add(range(protocol(number.get("protocol")), port, port));
      } else if (each.has("portRange")) {
        var range = each.get("portRange");
        services.add(range(protocol(range.get("protocol")), range.get("start"), range.get("end")));
      } else if (each.has("namedPort")) {
        names.add(new PortName(name(each.get("namedPort")), Optional.empty()));
      } else {
        throw new InvalidValue(
            each, "a port is none of portNumber, portRange and namedPort", "write one of them");
      }
    }
    return new Ports(Services.union(services), names);
  }

  /// The protocols of a ClusterNetworkPolicy; all if there are none.
  static Ports ofProtocols(List<Node> protocols) throws InvalidValue {
    if (protocols.isEmpty()) {
      return ALL;
    }
    var services = new ArrayList<Services>();
    var names = new ArrayList<PortName>();
    for (Node each : protocols) {
      each.only("a protocol", "tcp", "udp", "sctp", "destinationNamedPort");
      boolean isKnown = false;
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
        if (each.entries().containsKey(protocol.code())) {
          services.add(ofProtocol(protocol, each.get(protocol.code())));
          isKnown = true;
        }
      }
      if (each.has("destinationNamedPort")) {
        names.add(new PortName(name(each.get("destinationNamedPort")), Optional.empty()));
        isKnown = true;
      }
      if (!isKnown) {
        throw new InvalidValue(
            each,
            "a protocol is none of tcp, udp, sctp and destinationNamedPort",
            "write one of them");
      }
    }
    return new Ports(Services.union(services), names);
  }

  private static Services ofProtocol(Protocol protocol, Node match) throws InvalidValue {
    var port = match.get("destinationPort");
    if (port.isNothing()) {
      return Services.of(protocol);
    }
    var range = port.get("range");
    return range.isNothing()
        ? range(protocol, port.get("number"), port.get("number"))
        : range(protocol, range.get("start"), range.get("end"));
  }

  /// The name of a port. Numbers too large to be one, and the like, are none.
  private static String name(Node port) throws InvalidValue {
    if (!NAME.matcher(port.text()).matches()) {
      throw new InvalidValue(
          port,
          "the port " + InvalidValue.shown(port.text()) + " is neither a number nor a name",
          "write a number from 1 to 65535, or the name of a port of a container");
    }
    return port.text();
  }

  static Protocol protocol(Node text) throws InvalidValue {
    return Resources.protocol(text)
        .orElseThrow(() ->
            new InvalidValue(
                text,
                "the protocol " + InvalidValue.shown(text.text()) + " is not known",
                "write TCP, UDP or SCTP"));
  }

  private static Services range(Protocol protocol, Node first, Node last) throws InvalidValue {
    int from = first.number().orElse(0);
    int to = last.number().orElse(0);
    if (from < Services.PORT_MIN || to > Services.PORT_MAX || from > to) {
      throw new InvalidValue(
          first,
          "the ports "
              + InvalidValue.shown(
                  first.equals(last) ? first.text() : first.text() + "-" + last.text())
              + " are none",
          "write numbers from 1 to 65535, the smaller first");
    }
    return Services.of(protocol, from, to);
  }
}
