package io.surfacescan.reachability;

import io.surfacescan.model.AddressRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Picks interfaces by their marks and addresses. Immutable.
///
/// An interface whose address is known only by its range, and an [Unknown], may be picked or not.
/// Whoever asks says which it shall be: *at most* or *at least* what the selector picks.
public sealed interface Selector {
  /// Whether the selector picks an interface.
  ///
  /// @param atMost whether what is not known counts as picked
  default boolean picks(Marks marks, Optional<AddressRange> address, boolean atMost) {
    return switch (this) {
      case Everyone() -> true;
      case Marked(String mark) -> marks.has(mark);
      case Within(List<AddressRange> ranges) ->
          address.isPresent()
              && ranges.stream()
                  .anyMatch(
                      range -> atMost ? range.meets(address.get()) : range.contains(address.get()));
      case AllOf(List<Selector> all) ->
          all.stream().allMatch(each -> each.picks(marks, address, atMost));
      case AnyOf(List<Selector> any) ->
          any.stream().anyMatch(each -> each.picks(marks, address, atMost));
      case Not(Selector other) -> !other.picks(marks, address, !atMost);
      case Unknown(String why) -> atMost;
    };
  }

  default boolean picks(NetworkInterface networkInterface, boolean atMost) {
    return picks(networkInterface.marks(), networkInterface.address(), atMost);
  }

  /// All interfaces, those outside too.
  record Everyone() implements Selector {
    @Override
    public String toString() {
      return "any";
    }
  }

  /// Those with the mark.
  record Marked(String mark) implements Selector {
    @Override
    public String toString() {
      return mark;
    }
  }

  /// Those with an address in one of the ranges, which are joined; none without an address.
  record Within(List<AddressRange> ranges) implements Selector {
    public Within {
      ranges = AddressRange.joined(ranges);
    }

    @Override
    public String toString() {
      String some =
          ranges.stream().limit(3).map(Object::toString).collect(Collectors.joining(", "));
      return ranges.size() > 3 ? some + " and " + (ranges.size() - 3) + " more" : some;
    }
  }

  /// Those that all of these pick; everyone if there are none.
  record AllOf(List<Selector> all) implements Selector {
    public AllOf {
      all = List.copyOf(all);
    }

    @Override
    public String toString() {
      return all.isEmpty()
          ? "any"
          : all.stream().map(Object::toString).collect(Collectors.joining(" and "));
    }
  }

  /// Those that one of these picks; nobody if there are none.
  record AnyOf(List<Selector> any) implements Selector {
    public AnyOf {
      any = List.copyOf(any);
    }

    @Override
    public String toString() {
      return any.isEmpty()
          ? "none"
          : any.size() == 1
              ? any.getFirst().toString()
              : any.stream().map(Object::toString).collect(Collectors.joining(" or ", "(", ")"));
    }
  }

  /// Those that the other does not pick.
  record Not(Selector other) implements Selector {
    @Override
    public String toString() {
      return "not " + other;
    }
  }

  /// Nobody knows which: the export does not tell.
  ///
  /// @param why what is missing, such as `pl-1 came without its entries`
  record Unknown(String why) implements Selector {
    @Override
    public String toString() {
      return "unknown (" + why + ")";
    }
  }

  static Selector everyone() {
    return new Everyone();
  }

  static Selector nobody() {
    return new AnyOf(List.of());
  }

  static Selector marked(String mark) {
    return new Marked(mark);
  }

  static Selector within(AddressRange... ranges) {
    return new Within(List.of(ranges));
  }

  static Selector allOf(Selector... all) {
    return new AllOf(List.of(all));
  }

  static Selector anyOf(Selector... any) {
    return new AnyOf(List.of(any));
  }

  static Selector not(Selector other) {
    return new Not(other);
  }

  static Selector unknown(String why) {
    return new Unknown(why);
  }
}
