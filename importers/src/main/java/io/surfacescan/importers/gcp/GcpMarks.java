package io.surfacescan.importers.gcp;

/// The marks by which rules of Google Cloud tell interfaces apart.
final class GcpMarks {
  /// On what opens connections where it likes.
  static final String SENDS = "opens connections";

  static final String EXTERNAL_V4 = "has an external IPv4 address";
  static final String EXTERNAL_V6 = "has an external IPv6 address";

  /// On addresses of alias ranges.
  static final String ALIAS = "of an alias range";

  static final String UNKNOWN_TAGS = "has unknown tags";
  static final String UNKNOWN_ACCOUNTS = "has an unknown service account";

  private GcpMarks() {}

  static String network(String name) {
    return "network " + name;
  }

  static String region(String name) {
    return "region " + name;
  }

  static String subnet(String link) {
    return "subnet " + link;
  }

  static String tag(String name) {
    return "tag " + name;
  }

  static String account(String email) {
    return "account " + email;
  }

  static String secureTag(String value) {
    return "secure tag " + value;
  }

  static String routes(String network, String tags) {
    return "routes of " + network + (tags.isEmpty() ? "" : " for " + tags);
  }

  static String balancer(String name) {
    return "balancer " + name;
  }

  static String forwards(String name) {
    return "forwards for " + name;
  }

  static String targets(String name) {
    return "targets of " + name;
  }
}
