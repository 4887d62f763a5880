package io.surfacescan.reachability.lowering;

import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which of some classes of interfaces a selector picks, as a set of their numbers. Sets are made
/// once for each selector; callers must not change them.
final class ClassSets {
  private record Asked(Selector selector, boolean atMost) {}

  private final ClassSet everyone;
  private final Map<String, ClassSet> byMark = new HashMap<>();

  /// Classes whose addresses no range divides, by their first address.
  private final List<AddressRange> addresses = new ArrayList<>();

  private final List<Integer> classOfAddress = new ArrayList<>();

  /// By class, its place among these addresses; -1 if it has none there.
  private final int[] placeOfClass;

  /// Classes whose addresses a range may divide.
  private final Map<Integer, AddressRange> vague = new HashMap<>();

  /// Whether addresses are left out of account.
  private final boolean marksAlone;

  private final Map<Asked, ClassSet> known = new HashMap<>();
  private static final ClassSet NONE = new ClassSet();

  /// One in so many classes are few.
  private static final int FEW = 8;

  private static final int FEW_TO_LOOK_AT = 256;

  private ClassSets(List<NetworkInterface> classes, ClassSet undivided, boolean marksAlone) {
    int size = classes.size();
    everyone = ClassSet.upTo(size);
    placeOfClass = new int[size];
    Arrays.fill(placeOfClass, -1);
    this.marksAlone = marksAlone;
    record Addressed(AddressRange address, int number) {}
    var addressed = new ArrayList<Addressed>();
    for (int number = 0; number < size; number++) {
      for (String mark : classes.get(number).marks().texts()) {
        byMark.computeIfAbsent(mark, absent -> new ClassSet()).set(number);
      }
      var address = classes.get(number).address();
      if (address.isPresent() && (undivided.get(number) || address.get().isOne())) {
        addressed.add(new Addressed(address.get(), number));
      } else if (address.isPresent()) {
        vague.put(number, address.get());
      }
    }
    addressed.sort(Comparator.comparing(Addressed::address));
    for (var each : addressed) {
      placeOfClass[each.number()] = addresses.size();
      addresses.add(each.address());
      classOfAddress.add(each.number());
    }
  }

  static ClassSets of(InterfaceClasses classes) {
    var examples = new ArrayList<NetworkInterface>();
    var outside = new ClassSet();
    for (int number = 0; number < classes.size(); number++) {
      examples.add(classes.example(number));
      if (classes.get(number).outside().isPresent()) {
        outside.set(number);
      }
    }
    return new ClassSets(examples, outside, false);
  }

  /// For interfaces whose addresses are not known here; only [#mayPick] may be asked.
  static ClassSets ofMarks(List<NetworkInterface> alikes) {
    return new ClassSets(alikes, new ClassSet(), true);
  }

  /// All that the selector picks, at most, whatever addresses they have.
  ClassSet mayPick(Selector selector) {
    return picked(selector, true);
  }

  ClassSet all() {
    return everyone;
  }

  ClassSet picked(Selector selector, boolean atMost) {
    var asked = new Asked(selector, atMost);
    var set = known.get(asked);
    if (set == null) {
      set = find(selector, atMost);
      known.put(asked, set);
    }
    return set;
  }

  private ClassSet find(Selector selector, boolean atMost) {
    return switch (selector) {
      case Selector.Everyone() -> all();
      case Selector.Marked(String mark) -> byMark.getOrDefault(mark, NONE);
      case Selector.Within(List<AddressRange> ranges) ->
          marksAlone ? (atMost ? all() : NONE) : within(ranges, atMost);
      case Selector.AllOf(List<Selector> all) -> allOf(all, atMost);
      case Selector.AnyOf(List<Selector> any) -> {
        var set = new ClassSet();
        any.forEach(some -> set.addAll(picked(some, atMost)));
        yield set;
      }
      case Selector.Not(Selector other) -> all().minus(picked(other, !atMost));
      case Selector.Unknown ignored -> atMost ? all() : NONE;
    };
  }

  /// What all pick. Ranges come last: of the few classes that the others leave, each is looked at.
  private ClassSet allOf(List<Selector> all, boolean atMost) {
    ClassSet set = null;
    for (Selector some : all) {
      if (!(some instanceof Selector.Within)) {
        set = set == null ? picked(some, atMost) : set.and(picked(some, atMost));
      }
    }
    set = set == null ? everyone : set;
    for (Selector some : all) {
      if (some instanceof Selector.Within(List<AddressRange> ranges)) {
        set =
            marksAlone || set.cardinality() > everyone.cardinality() / FEW
                ? set.and(picked(some, atMost))
                : within(ranges, set, atMost);
      }
    }
    return set;
  }

  /// What ranges pick of some classes.
  ClassSet within(Selector.Within ranges, ClassSet some, boolean atMost) {
    return some.cardinality() > FEW_TO_LOOK_AT
        ? picked(ranges, atMost).and(some)
        : within(ranges.ranges(), some, atMost);
  }

  private ClassSet within(List<AddressRange> ranges, ClassSet some, boolean atMost) {
    var set = new ClassSet();
    some.stream()
        .filter(number -> {
          int place = placeOfClass[number];
          var known = place >= 0 ? addresses.get(place).first() : vague.get(number);
          return known != null
              && ranges.stream()
                  .anyMatch(range -> atMost ? range.meets(known) : range.contains(known));
        })
        .forEach(set::set);
    return set;
  }

  private ClassSet within(List<AddressRange> ranges, boolean atMost) {
    var set = new ClassSet();
    for (AddressRange range : ranges) {
      int from = Collections.binarySearch(addresses, range.first());
      // Stretches that start at the same address stand together, the shortest first.
      int at = from < 0 ? -from - 1 : from;
      while (at > 0 && addresses.get(at - 1).first().equals(range.first())) {
        at--;
      }
      for (; at < addresses.size() && range.contains(addresses.get(at).first()); at++) {
        set.set(classOfAddress.get(at));
      }
    }
    vague.forEach((number, address) -> {
      if (Selector.within(ranges.toArray(AddressRange[]::new))
          .picks(Marks.NONE, Optional.of(address), atMost)) {
        set.set(number);
      }
    });
    return set;
  }
}
