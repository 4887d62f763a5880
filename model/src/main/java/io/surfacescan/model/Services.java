package io.surfacescan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A set of services: protocols, and of those that have ports, the ports. Immutable, compared by
/// content.
///
/// ```
/// all    tcp/22    tcp/8000-8100    udp/53    sctp/1-65535    icmp
/// ```
///
/// Ports are 1 to 65535. ICMP is one service, whatever its type.
public final class Services {
  /// A protocol that can be told apart.
  public enum Protocol {
    TCP(0),
    UDP(1),
    SCTP(2),
    ICMP(3);

    /// Where its points stand on the line.
    private final int number;

    Protocol(int number) {
      this.number = number;
    }

    private static Protocol of(int number) {
      return switch (number) {
        case 0 -> TCP;
        case 1 -> UDP;
        case 2 -> SCTP;
        default -> ICMP;
      };
    }

    /// As it is written, such as `tcp`.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final int PORT_MIN = 1;
  public static final int PORT_MAX = 65_535;

  private static final Pattern TEXT =
      Pattern.compile("(tcp|udp|sctp)(?:/(?:all|(\\d{1,5})(?:-(\\d{1,5}))?))?");
  private static final Pattern ICMP_TEXT = Pattern.compile("icmp(/(all|\\d{1,3}(-\\d{1,3})?))?");

  public static final Services NONE = new Services(new int[0]);
  public static final Services ALL =
      new Services(
          new int[] {
            point(Protocol.TCP, PORT_MIN),
            point(Protocol.TCP, PORT_MAX),
            point(Protocol.UDP, PORT_MIN),
            point(Protocol.UDP, PORT_MAX),
            point(Protocol.SCTP, PORT_MIN),
            point(Protocol.SCTP, PORT_MAX),
            point(Protocol.ICMP, PORT_MIN),
            point(Protocol.ICMP, PORT_MIN)
          });

  /// First and last points of the intervals on one line, ascending; no two touch. A protocol's
  /// points start at a multiple of 65536, whose first is never used, so intervals of neighbouring
  /// protocols do not touch either.
  private final int[] bounds;

  private Services(int[] bounds) {
    this.bounds = bounds;
  }

  private static int point(Protocol protocol, int port) {
    return protocol.number << 16 | port;
  }

  /// Whether a number is that of a port.
  public static boolean isPort(int number) {
    return number >= PORT_MIN && number <= PORT_MAX;
  }

  /// All of a protocol.
  public static Services of(Protocol protocol) {
    return of(protocol, PORT_MIN, PORT_MAX);
  }

  /// Some ports of a protocol, both ends included; all of it for ICMP.
  ///
  /// @param first below 1 is taken as 1
  /// @param last above 65535 is taken as 65535; below `first` gives none
  public static Services of(Protocol protocol, int first, int last) {
    int from = Math.max(first, PORT_MIN);
    int to = Math.min(last, PORT_MAX);
    if (protocol == Protocol.ICMP) {
      from = PORT_MIN;
      to = PORT_MIN;
    }
    return from > to ? NONE : new Services(new int[] {point(protocol, from), point(protocol, to)});
  }

  /// What a text names: `all`, `tcp/22`, `udp/1000-2000`, `sctp`, `icmp`, in any case; empty if it
  /// is none of these.
  public static Optional<Services> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("all")) {
      return Optional.of(ALL);
    }
    if (ICMP_TEXT.matcher(lower).matches()) {
      return Optional.of(of(Protocol.ICMP));
    }
    Matcher parts = TEXT.matcher(lower);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var protocol = Protocol.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
    if (parts.group(2) == null) {
      return Optional.of(of(protocol));
    }
    int first = Integer.parseInt(parts.group(2));
    int last = parts.group(3) == null ? first : Integer.parseInt(parts.group(3));
    return last < Math.max(first, PORT_MIN) || last > PORT_MAX
        ? Optional.empty()
        : Optional.of(of(protocol, first, last));
  }

  /// The union of all.
  public static Services union(Collection<Services> all) {
    int count = all.stream().mapToInt(some -> some.bounds.length / 2).sum();
    long[] intervals = new long[count];
    int length = 0;
    for (Services some : all) {
      for (int i = 0; i < some.bounds.length; i += 2) {
        intervals[length++] = (long) some.bounds[i] << 32 | some.bounds[i + 1];
      }
    }
    Arrays.sort(intervals);
    int[] joined = new int[2 * count];
    int used = 0;
    for (long interval : intervals) {
      int first = (int) (interval >>> 32);
      int last = (int) interval;
      if (used > 0 && first <= joined[used - 1] + 1) {
        joined[used - 1] = Math.max(joined[used - 1], last);
      } else {
        joined[used++] = first;
        joined[used++] = last;
      }
    }
    return of(joined, used);
  }

  private static Services of(int[] bounds, int used) {
    if (used == 0) {
      return NONE;
    }
    return Arrays.equals(bounds, 0, used, ALL.bounds, 0, ALL.bounds.length)
        ? ALL
        : new Services(Growth.trimmed(bounds, used));
  }

  public Services or(Services other) {
    return equals(other) ? this : union(List.of(this, other));
  }

  /// What both have.
  public Services and(Services other) {
    if (isAll() || other.isEmpty() || equals(other)) {
      return other;
    }
    if (other.isAll() || isEmpty()) {
      return this;
    }
    int[] both = new int[bounds.length + other.bounds.length];
    int used = 0;
    int here = 0;
    int there = 0;
    while (here < bounds.length && there < other.bounds.length) {
      int first = Math.max(bounds[here], other.bounds[there]);
      int last = Math.min(bounds[here + 1], other.bounds[there + 1]);
      if (first <= last) {
        both[used++] = first;
        both[used++] = last;
      }
      if (bounds[here + 1] < other.bounds[there + 1]) {
        here += 2;
      } else {
        there += 2;
      }
    }
    return of(both, used);
  }

  /// What these have and the others have not.
  public Services minus(Services others) {
    if (others.isEmpty() || isEmpty()) {
      return this;
    }
    int[] left = new int[bounds.length + others.bounds.length];
    int used = 0;
    int there = 0;
    for (int here = 0; here < bounds.length; here += 2) {
      int first = bounds[here];
      int last = bounds[here + 1];
      while (there < others.bounds.length && others.bounds[there + 1] < first) {
        there += 2;
      }
      for (int cut = there; cut < others.bounds.length && others.bounds[cut] <= last; cut += 2) {
        if (others.bounds[cut] > first) {
          left[used++] = first;
          left[used++] = others.bounds[cut] - 1;
        }
        first = Math.max(first, others.bounds[cut + 1] + 1);
      }
      if (first <= last) {
        left[used++] = first;
        left[used++] = last;
      }
    }
    return of(left, used);
  }

  /// Whether both have a service in common.
  public boolean meets(Services other) {
    int here = 0;
    int there = 0;
    while (here < bounds.length && there < other.bounds.length) {
      if (bounds[here] <= other.bounds[there + 1] && other.bounds[there] <= bounds[here + 1]) {
        return true;
      }
      if (bounds[here + 1] < other.bounds[there + 1]) {
        here += 2;
      } else {
        there += 2;
      }
    }
    return false;
  }

  /// Whether these have all that the other has.
  public boolean contains(Services other) {
    return isAll() || and(other).equals(other);
  }

  public boolean isAll() {
    return Arrays.equals(bounds, ALL.bounds);
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /// The services as they are written: `all` alone, or by protocol and port.
  public List<String> texts() {
    if (isAll()) {
      return List.of("all");
    }
    var texts = new ArrayList<String>(bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      var protocol = Protocol.of(bounds[i] >>> 16);
      int first = bounds[i] & 0xFFFF;
      int last = bounds[i + 1] & 0xFFFF;
      if (protocol == Protocol.ICMP) {
        texts.add(protocol.code());
      } else {
        texts.add(protocol.code() + "/" + first + (first == last ? "" : "-" + last));
      }
    }
    return texts;
  }

  /// The texts with commas between them.
  @Override
  public String toString() {
    return String.join(", ", texts());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Services some && Arrays.equals(bounds, some.bounds));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }
}
