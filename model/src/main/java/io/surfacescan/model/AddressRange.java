package io.surfacescan.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Neighbouring IP addresses of one family, both ends included.
///
/// An address is an unsigned number of 128 bits in two halves; the upper one of an IPv4 address is
/// 0. Ranges are ordered by family, first address, last address.
public record AddressRange(boolean isV6, long firstHigh, long firstLow, long lastHigh, long lastLow)
    implements Comparable<AddressRange> {
  public static final AddressRange ALL_V4 = new AddressRange(false, 0, 0, 0, 0xFFFF_FFFFL);
  public static final AddressRange ALL_V6 = new AddressRange(true, 0, 0, -1, -1);

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,3}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,4}");
  private static final Comparator<AddressRange> ORDER =
      Comparator.comparing(AddressRange::isV6)
          .thenComparing((a, b) -> compare(a.firstHigh, a.firstLow, b.firstHigh, b.firstLow))
          .thenComparing((a, b) -> compare(a.lastHigh, a.lastLow, b.lastHigh, b.lastLow));

  public AddressRange {
    if (compare(firstHigh, firstLow, lastHigh, lastLow) > 0) {
      throw new IllegalArgumentException("the first address is behind the last");
    }
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int upper = Long.compareUnsigned(high, otherHigh);
    return upper != 0 ? upper : Long.compareUnsigned(low, otherLow);
  }

  /// What a text names: an address, or a range as CIDR (`10.0.0.0/8`, host bits are dropped); empty
  /// if it is neither.
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean v6 = address.indexOf(':') >= 0;
    long[] halves = v6 ? v6(address.toLowerCase(Locale.ROOT)) : v4(address);
    int bits = v6 ? 128 : 32;
    int prefix = bits;
    if (slash >= 0) {
      String length = text.substring(slash + 1);
      prefix = DECIMAL.matcher(length).matches() ? Integer.parseInt(length) : -1;
    }
    return halves.length == 0 || prefix < 0 || prefix > bits
        ? Optional.empty()
        : Optional.of(ofPrefix(v6, halves[0], halves[1], bits - prefix));
  }

  private static AddressRange ofPrefix(boolean v6, long high, long low, int hostBits) {
    long lowMask = hostBits >= 64 ? -1 : (1L << hostBits) - 1;
    long highMask = hostBits <= 64 ? 0 : hostBits == 128 ? -1 : (1L << (hostBits - 64)) - 1;
    return new AddressRange(v6, high & ~highMask, low & ~lowMask, high | highMask, low | lowMask);
  }

  /// Both halves, or nothing.
  private static long[] v4(String text) {
    long value = 0;
    int part = 0;
    int parts = 1;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && digits > 0) {
        value = value << 8 | part;
        part = 0;
        digits = 0;
        parts++;
      } else if (c >= '0' && c <= '9' && digits < 3 && part * 10 + c - '0' <= 255) {
        part = part * 10 + c - '0';
        digits++;
      } else {
        return new long[0];
      }
    }
    return parts == 4 && digits > 0 ? new long[] {0, value << 8 | part} : new long[0];
  }

  private static long[] v6(String text) {
    String plain = text;
    int dot = plain.indexOf('.');
    if (dot >= 0) {
      int colon = plain.lastIndexOf(':');
      long[] tail = v4(plain.substring(colon + 1));
      if (tail.length == 0) {
        return tail;
      }
      plain =
          plain.substring(0, colon + 1)
              + Long.toHexString(tail[1] >>> 16)
              + ":"
              + Long.toHexString(tail[1] & 0xFFFF);
    }
    int gap = plain.indexOf("::");
    if (gap != plain.lastIndexOf("::")) {
      return new long[0];
    }
    List<Integer> head = groups(gap < 0 ? plain : plain.substring(0, gap));
    List<Integer> tail = gap < 0 ? List.of() : groups(plain.substring(gap + 2));
    int count = head.size() + tail.size();
    if (head.contains(-1) || tail.contains(-1) || (gap < 0 ? count != 8 : count > 7)) {
      return new long[0];
    }
    long[] halves = new long[2];
    for (int i = 0; i < 8; i++) {
      int fromTail = i - (8 - tail.size());
      int group = i < head.size() ? head.get(i) : fromTail >= 0 ? tail.get(fromTail) : 0;
      halves[i / 4] = halves[i / 4] << 16 | group;
    }
    return halves;
  }

  /// The groups of digits; -1 for one that is none.
  private static List<Integer> groups(String text) {
    var groups = new ArrayList<Integer>();
    if (!text.isEmpty()) {
      for (String part : text.split(":", -1)) {
        groups.add(HEX.matcher(part).matches() ? Integer.parseInt(part, 16) : -1);
      }
    }
    return groups;
  }

  public boolean contains(AddressRange other) {
    return isV6 == other.isV6
        && compare(firstHigh, firstLow, other.firstHigh, other.firstLow) <= 0
        && compare(other.lastHigh, other.lastLow, lastHigh, lastLow) <= 0;
  }

  public boolean meets(AddressRange other) {
    return isV6 == other.isV6
        && compare(firstHigh, firstLow, other.lastHigh, other.lastLow) <= 0
        && compare(other.firstHigh, other.firstLow, lastHigh, lastLow) <= 0;
  }

  /// The first address alone.
  public AddressRange first() {
    return new AddressRange(isV6, firstHigh, firstLow, firstHigh, firstLow);
  }

  /// The last address alone.
  public AddressRange last() {
    return new AddressRange(isV6, lastHigh, lastLow, lastHigh, lastLow);
  }

  /// Orders ranges by how many addresses they hold.
  public int compareSize(AddressRange other) {
    return compare(
        sizeHigh(), lastLow - firstLow, other.sizeHigh(), other.lastLow - other.firstLow);
  }

  private long sizeHigh() {
    return lastHigh - firstHigh - (Long.compareUnsigned(lastLow, firstLow) < 0 ? 1 : 0);
  }

  /// Whether it is a single address.
  public boolean isOne() {
    return firstHigh == lastHigh && firstLow == lastLow;
  }

  /// The part from an address of the range on.
  public AddressRange from(AddressRange start) {
    return new AddressRange(isV6, start.firstHigh, start.firstLow, lastHigh, lastLow);
  }

  /// The part before an address of the range that is not its first.
  public AddressRange before(AddressRange end) {
    long high = end.firstLow == 0 ? end.firstHigh - 1 : end.firstHigh;
    return new AddressRange(isV6, firstHigh, firstLow, high, end.firstLow - 1);
  }

  /// The address behind the last one alone; empty behind the family's last.
  public Optional<AddressRange> next() {
    if (isV6 ? (lastHigh & lastLow) == -1 : lastLow == ALL_V4.lastLow) {
      return Optional.empty();
    }
    long high = lastLow == -1 ? lastHigh + 1 : lastHigh;
    return Optional.of(new AddressRange(isV6, high, lastLow + 1, high, lastLow + 1));
  }

  /// What both have.
  public Optional<AddressRange> and(AddressRange other) {
    if (!meets(other)) {
      return Optional.empty();
    }
    boolean startsLater = compare(firstHigh, firstLow, other.firstHigh, other.firstLow) >= 0;
    boolean endsEarlier = compare(lastHigh, lastLow, other.lastHigh, other.lastLow) <= 0;
    return Optional.of(
        new AddressRange(
            isV6,
            startsLater ? firstHigh : other.firstHigh,
            startsLater ? firstLow : other.firstLow,
            endsEarlier ? lastHigh : other.lastHigh,
            endsEarlier ? lastLow : other.lastLow));
  }

  /// What it has and the others have not, in order.
  public List<AddressRange> minus(Collection<AddressRange> others) {
    var left = new ArrayList<AddressRange>();
    Optional<AddressRange> rest = Optional.of(this);
    for (AddressRange other : joined(others)) {
      var cut = rest.flatMap(some -> some.and(other));
      if (cut.isPresent()) {
        var some = rest.orElseThrow();
        if (!some.first().equals(cut.get().first())) {
          left.add(some.before(cut.get().first()));
        }
        rest = cut.get().next().filter(some::contains).map(some::from);
      }
    }
    rest.ifPresent(left::add);
    return left;
  }

  /// The same addresses as few ranges, in order.
  public static List<AddressRange> joined(Collection<AddressRange> ranges) {
    var joined = new ArrayList<AddressRange>();
    for (AddressRange range : ranges.stream().sorted().toList()) {
      AddressRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.isV6 == range.isV6 && last.reaches(range)) {
        boolean longer = compare(range.lastHigh, range.lastLow, last.lastHigh, last.lastLow) > 0;
        AddressRange end = longer ? range : last;
        joined.set(
            joined.size() - 1,
            new AddressRange(last.isV6, last.firstHigh, last.firstLow, end.lastHigh, end.lastLow));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private boolean reaches(AddressRange later) {
    return meets(later) || next().map(next -> next.meets(later.first())).orElse(false);
  }

  /// The range as CIDRs, in order.
  public List<String> cidrs() {
    var cidrs = new ArrayList<String>();
    int bits = isV6 ? 128 : 32;
    BigInteger from = number(firstHigh, firstLow);
    BigInteger end = number(lastHigh, lastLow).add(BigInteger.ONE);
    while (from.compareTo(end) < 0) {
      int hostBits = from.signum() == 0 ? bits : Math.min(bits, from.getLowestSetBit());
      while (from.add(BigInteger.ONE.shiftLeft(hostBits)).compareTo(end) > 0) {
        hostBits--;
      }
      cidrs.add(text(from.shiftRight(64).longValue(), from.longValue()) + "/" + (bits - hostBits));
      from = from.add(BigInteger.ONE.shiftLeft(hostBits));
    }
    return cidrs;
  }

  private static BigInteger number(long high, long low) {
    var mask = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    return BigInteger.valueOf(high).and(mask).shiftLeft(64).or(BigInteger.valueOf(low).and(mask));
  }

  private String text(long high, long low) {
    if (!isV6) {
      return (low >>> 24)
          + "."
          + (low >>> 16 & 0xFF)
          + "."
          + (low >>> 8 & 0xFF)
          + "."
          + (low & 0xFF);
    }
    return v6Text(high, low);
  }

  /// As RFC 5952 has it: the first longest run of two zero groups or more is left out.
  private static String v6Text(long high, long low) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (int) ((i < 4 ? high : low) >>> (48 - i % 4 * 16)) & 0xFFFF;
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && groups[i + length] == 0) {
        length++;
      }
      if (length > longest) {
        start = i;
        longest = length;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean needsColon = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(needsColon ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  @Override
  public int compareTo(AddressRange other) {
    return ORDER.compare(this, other);
  }

  /// The address, the CIDR, or `FIRST-LAST`.
  @Override
  public String toString() {
    String first = text(firstHigh, firstLow);
    if (isOne()) {
      return first;
    }
    var cidrs = cidrs();
    return cidrs.size() == 1 ? cidrs.getFirst() : first + "-" + text(lastHigh, lastLow);
  }
}
