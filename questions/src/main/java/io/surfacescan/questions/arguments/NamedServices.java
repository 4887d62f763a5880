package io.surfacescan.questions.arguments;

import io.surfacescan.model.Services;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Services by the names that people know them by, beside protocols and ports.
public final class NamedServices {
  private static final Map<String, Services> BY_NAME = new TreeMap<>();

  static {
    add("cassandra", "tcp/9042");
    add("dns", "tcp/53", "udp/53");
    add("docker", "tcp/2375-2376");
    add("elasticsearch", "tcp/9200", "tcp/9300");
    add("etcd", "tcp/2379-2380");
    add("ftp", "tcp/21");
    add("http", "tcp/80");
    add("https", "tcp/443", "udp/443");
    add("imap", "tcp/143");
    add("imaps", "tcp/993");
    add("kafka", "tcp/9092");
    add("kerberos", "tcp/88", "udp/88");
    add("kubelet", "tcp/10250");
    add("kubernetes", "tcp/6443");
    add("ldap", "tcp/389", "udp/389");
    add("ldaps", "tcp/636");
    add("memcached", "tcp/11211", "udp/11211");
    add("mongodb", "tcp/27017");
    add("mssql", "tcp/1433");
    add("mysql", "tcp/3306");
    add("nfs", "tcp/2049", "udp/2049");
    add("ntp", "udp/123");
    add("oracle", "tcp/1521");
    add("ping", "icmp");
    add("postgres", "tcp/5432");
    add("postgresql", "tcp/5432");
    add("rdp", "tcp/3389", "udp/3389");
    add("redis", "tcp/6379");
    add("smb", "tcp/445");
    add("smtp", "tcp/25");
    add("snmp", "udp/161");
    add("ssh", "tcp/22");
    add("syslog", "udp/514");
    add("telnet", "tcp/23");
    add("vnc", "tcp/5900");
    add("winrm", "tcp/5985-5986");
  }

  private NamedServices() {}

  private static void add(String name, String... services) {
    BY_NAME.put(
        name,
        Services.union(
            Arrays.stream(services).map(text -> Services.parse(text).orElseThrow()).toList()));
  }

  /// What a name, or a protocol and its ports, stands for, in any case.
  public static Optional<Services> parse(String text) {
    var named = BY_NAME.get(text.toLowerCase(Locale.ROOT));
    return named == null ? Services.parse(text) : Optional.of(named);
  }

  /// All names, in order.
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }
}
