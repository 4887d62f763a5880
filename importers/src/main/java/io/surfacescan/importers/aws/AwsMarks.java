package io.surfacescan.importers.aws;

import io.surfacescan.importers.cloud.Internet;

/// The marks by which rules of AWS tell interfaces apart.
///
/// Packets of an interface that only forwards, such as a balancer's, do not start there: it is two
/// interfaces of the model, one that is reached and one that sends.
final class AwsMarks {
  /// On what opens connections where it likes.
  static final String SENDS = "opens connections";

  /// On what security groups guard.
  static final String GROUPED = "has security groups";

  /// On what has groups whose rules the export does not hold.
  static final String UNKNOWN_GROUPS = "has unknown security groups";

  /// On an address with a public one.
  static final String PUBLIC_V4 = "has a public IPv4 address";

  static final String PUBLIC_V6 = "has an IPv6 address";

  /// On what VPC Block Public Access keeps the internet from.
  static final String NO_INBOUND = "blocked from the internet";

  /// On what it keeps from the internet gateway.
  static final String NO_OUTBOUND = "blocked to internet gateways";

  /// On what it keeps from the egress-only internet gateway.
  static final String NO_OUTBOUND_V6 = "blocked to egress-only gateways";

  static final String INTERNET = Internet.IN;
  static final String INTERNET_OUT = Internet.OUT;

  /// On what sends for a VPC endpoint.
  static final String SERVICE_CLIENT = "over an endpoint service";

  /// On what sends for a VPC endpoint to a balancer whose groups do not see it.
  static final String UNCHECKED_CLIENT = "over an unchecked endpoint service";

  private AwsMarks() {}

  static String vpc(String name) {
    return "VPC " + name;
  }

  static String subnet(String name) {
    return "subnet " + name;
  }

  static String group(String name) {
    return "group " + name;
  }

  static String table(String name) {
    return "routes of " + name;
  }

  static String zone(String name) {
    return "zone " + name;
  }

  static String balancer(String name) {
    return "balancer " + name;
  }

  static String forwards(String name) {
    return "forwards for " + name;
  }

  /// On what sends with the addresses of a balancer's clients.
  static String forwardsClients(String name) {
    return "forwards clients of " + name;
  }

  static String targets(String group, String port) {
    return "targets of " + group + ", " + port;
  }
}
