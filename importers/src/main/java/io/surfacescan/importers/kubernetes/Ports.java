package io.surfacescan.importers.kubernetes;

import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.reachability.PortName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ports of a rule: by number, and by name.
record Ports(Services services, List<PortName> names) {
  static final Ports ALL = new Ports(Services.ALL, List.of());

  /// The ports of a NetworkPolicy; all if there are none.
  static Ports ofPolicy(Node ports) throws InvalidValue {
    if (ports.elements().isEmpty()) {
      return ALL;
    }
    var services = Services.NONE;
    var names = new ArrayList<PortName>();
    for (Node each : ports.elements()) {
      var protocol = protocol(each.get("protocol"));
      var port = each.get("port");
      if (port.isNothing()) {
        services = services.or(Services.of(protocol));
      } else if (port.number().isPresent()) {
        services =
            services.or(range(protocol, port, each.has("endPort") ? each.get("endPort") : port));
      } else if (each.has("endPort")) {
        throw new InvalidValue(
            each, "endPort stands beside the name of a port", "give port as a number");
      } else {
        names.add(new PortName(port.text(), Optional.of(protocol)));
      }
    }
    return new Ports(services, names);
  }

  /// The ports of an AdminNetworkPolicy; all if there are none.
  static Ports ofAdminPolicy(Node ports) throws InvalidValue {
    if (ports.elements().isEmpty()) {
      return ALL;
    }
    var services = Services.NONE;
    var names = new ArrayList<PortName>();
    for (Node each : ports.elements()) {
      if (each.has("portNumber")) {
        var number = each.get("portNumber");
        var port = number.get("port");
        services = services.or(range(protocol(number.get("protocol")), port, port));
      } else if (each.has("portRange")) {
        var range = each.get("portRange");
        services =
            services.or(
                range(protocol(range.get("protocol")), range.get("start"), range.get("end")));
      } else if (each.has("namedPort")) {
        names.add(new PortName(each.get("namedPort").text(), Optional.empty()));
      } else {
        throw new InvalidValue(
            each, "a port is none of portNumber, portRange and namedPort", "write one of them");
      }
    }
    return new Ports(services, names);
  }

  /// The protocols of a ClusterNetworkPolicy; all if there are none.
  static Ports ofProtocols(Node protocols) throws InvalidValue {
    if (protocols.elements().isEmpty()) {
      return ALL;
    }
    var services = Services.NONE;
    var names = new ArrayList<PortName>();
    for (Node each : protocols.elements()) {
      boolean isKnown = false;
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
        if (each.entries().containsKey(protocol.code())) {
          services = services.or(ofProtocol(protocol, each.get(protocol.code())));
          isKnown = true;
        }
      }
      if (each.has("destinationNamedPort")) {
        names.add(new PortName(each.get("destinationNamedPort").text(), Optional.empty()));
        isKnown = true;
      }
      if (!isKnown) {
        throw new InvalidValue(
            each,
            "a protocol is none of tcp, udp, sctp and destinationNamedPort",
            "write one of them");
      }
    }
    return new Ports(services, names);
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
