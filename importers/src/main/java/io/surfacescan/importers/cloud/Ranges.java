package io.surfacescan.importers.cloud;

import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.List;

/// Sets of addresses, as ranges.
public final class Ranges {
  /// Addresses that are nobody's on the internet (RFC 6890).
  private static final List<AddressRange> SPECIAL =
      parsed(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /// Addresses that only documents have (RFC 5737).
  private static final List<AddressRange> DOCUMENTATION =
      parsed("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");

  /// The addresses of the internet.
  public static final List<AddressRange> INTERNET_V4 = minus(List.of(AddressRange.ALL_V4), SPECIAL);

  public static final List<AddressRange> INTERNET_V6 = parsed("2000::/3");

  private Ranges() {}

  private static List<AddressRange> parsed(String... texts) {
    return AddressRange.joined(ofTexts(List.of(texts)));
  }

  /// The texts that are ranges.
  public static List<AddressRange> ofTexts(List<String> texts) {
    return texts.stream().flatMap(text -> AddressRange.parse(text).stream()).toList();
  }

  /// Whether the ranges hold addresses, and only such as documents have.
  public static boolean areOfDocuments(List<AddressRange> ranges) {
    return !ranges.isEmpty()
        && ranges.stream()
            .allMatch(range -> DOCUMENTATION.stream().anyMatch(whole -> isWithin(range, whole)));
  }

  private static boolean isWithin(AddressRange range, AddressRange whole) {
    return range.and(whole).filter(range::equals).isPresent();
  }

  public static List<AddressRange> and(List<AddressRange> some, List<AddressRange> others) {
    var both = new ArrayList<AddressRange>();
    for (AddressRange range : some) {
      for (AddressRange other : others) {
        range.and(other).ifPresent(both::add);
      }
    }
    return AddressRange.joined(both);
  }

  public static List<AddressRange> minus(List<AddressRange> some, List<AddressRange> others) {
    List<AddressRange> left = AddressRange.joined(some);
    for (AddressRange other : others) {
      var parts = new ArrayList<AddressRange>();
      for (AddressRange range : left) {
        if (!range.meets(other)) {
          parts.add(range);
          continue;
        }
        if (!other.contains(range.first())) {
          parts.add(range.before(other.first()));
        }
        other.next().filter(range::contains).map(range::from).ifPresent(parts::add);
      }
      left = parts;
    }
    return AddressRange.joined(left);
  }
}
