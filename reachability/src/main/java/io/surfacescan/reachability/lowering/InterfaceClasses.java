package io.surfacescan.reachability.lowering;

import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NamedPort;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The interfaces of a model in classes that no rule tells apart: those with the same marks among
/// the marks that rules read, the same named ports among those that rules name, and addresses
/// between the same neighbouring bounds of ranges. The addresses of an [Outside] are divided at all
/// bounds, each stretch a class of its own.
///
/// Bounds count only within a *component* of interfaces that links join, so that a range in one
/// network divides nothing in another that uses the same addresses.
final class InterfaceClasses {
  /// What all interfaces of a class have in common, with the address of one of them.
  ///
  /// @param component the interfaces that links join it with, by number; -1 without an address
  /// @param outside where the class is from, for addresses outside
  record InterfaceClass(NetworkInterface example, int component, Optional<Outside> outside) {}

  /// By component, and there by address.
  static final Comparator<InterfaceClass> ORDER =
      Comparator.comparingInt(InterfaceClass::component)
          .thenComparing(some -> some.example.address().orElse(AddressRange.ALL_V4));

  private record Key(int alike, int firstAtom, int lastAtom) {}

  private final List<InterfaceClass> classes = new ArrayList<>();
  private final int[][] classesOfEndpoint;
  private boolean hasVagueAddresses;

  private InterfaceClasses(ReachabilityModel model, Mentions mentions) {
    // First by marks and named ports alone.
    var alikes = new Alikes(mentions);
    int[][] alikeOfEndpoint = new int[model.endpoints().size()][];
    for (int i = 0; i < alikeOfEndpoint.length; i++) {
      var interfaces = model.endpoints().get(i).interfaces();
      alikeOfEndpoint[i] = new int[interfaces.size()];
      for (int j = 0; j < interfaces.size(); j++) {
        alikeOfEndpoint[i][j] = alikes.number(interfaces.get(j));
      }
    }
    var bounds = Bounds.of(model, alikes.all);
    Map<Key, Integer> numbers = new HashMap<>();
    classesOfEndpoint = new int[alikeOfEndpoint.length][];
    for (int i = 0; i < alikeOfEndpoint.length; i++) {
      var interfaces = model.endpoints().get(i).interfaces();
      int[] own = new int[interfaces.size()];
      for (int j = 0; j < own.length; j++) {
        int alike = alikeOfEndpoint[i][j];
        own[j] = number(alikes.all.get(alike), interfaces.get(j).address(), bounds, alike, numbers);
      }
      classesOfEndpoint[i] =
          own.length == 1 ? own : Arrays.stream(own).distinct().sorted().toArray();
    }
    for (Outside outside : model.outsides()) {
      var marks = mentions.reduced(outside.marks());
      for (AddressRange atom : bounds.divided(outside.ranges())) {
        classes.add(
            new InterfaceClass(
                new NetworkInterface(marks, atom), Integer.MAX_VALUE, Optional.of(outside)));
      }
    }
  }

  /// Interfaces with the same marks among those that rules read, and the same named ports.
  private static final class Alikes {
    final List<NetworkInterface> all = new ArrayList<>();
    private final Mentions mentions;
    private final Map<NetworkInterface, Integer> numbers = new HashMap<>();

    /// For most interfaces, which have no named ports: by all their marks.
    private final Map<Marks, Integer> numbersOfMarks = new HashMap<>();

    Alikes(Mentions mentions) {
      this.mentions = mentions;
    }

    int number(NetworkInterface some) {
      return some.ports().isEmpty()
          ? numbersOfMarks.computeIfAbsent(some.marks(), marks -> number(marks, List.of()))
          : number(some.marks(), some.ports());
    }

    private int number(Marks marks, List<NamedPort> ports) {
      return numbers.computeIfAbsent(
          new NetworkInterface(mentions.reduced(marks), Optional.empty(), mentions.reduced(ports)),
          alike -> {
            all.add(alike);
            return all.size() - 1;
          });
    }
  }

  private int number(
      NetworkInterface alike,
      Optional<AddressRange> address,
      Bounds bounds,
      int alikeNumber,
      Map<Key, Integer> numbers) {
    int component = address.isPresent() ? bounds.componentOf(alikeNumber) : -1;
    int first = address.map(range -> bounds.atom(component, range.first())).orElse(-1);
    int last = address.map(range -> bounds.atom(component, range.last())).orElse(-1);
    hasVagueAddresses |= address.isPresent() && first != last;
    return numbers.computeIfAbsent(
        new Key(alikeNumber, first, last),
        key -> {
          classes.add(
              new InterfaceClass(
                  new NetworkInterface(alike.marks(), address, alike.ports()),
                  component,
                  Optional.empty()));
          return classes.size() - 1;
        });
  }

  static InterfaceClasses of(ReachabilityModel model, Mentions mentions) {
    return new InterfaceClasses(model, mentions);
  }

  int size() {
    return classes.size();
  }

  InterfaceClass get(int number) {
    return classes.get(number);
  }

  NetworkInterface example(int number) {
    return classes.get(number).example();
  }

  /// The classes of an endpoint's interfaces, ascending, each once.
  int[] ofEndpoint(int endpoint) {
    return classesOfEndpoint[endpoint];
  }

  /// Whether a rule may pick some of the addresses that an interface may have, and not others.
  boolean hasVagueAddresses() {
    return hasVagueAddresses;
  }

  /// The classes that may be attackers, or targets.
  ClassSet withoutOutside(Direction left) {
    var set = new ClassSet();
    for (int number = 0; number < size(); number++) {
      if (get(number).outside().map(Outside::direction).orElse(null) != left) {
        set.set(number);
      }
    }
    return set;
  }

  /// The bounds of ranges that rules compare addresses with, by component.
  private static final class Bounds {
    private final int[] componentOfAlike;

    /// By component, the first addresses of its stretches but the lowest of each family, sorted.
    private final List<List<AddressRange>> starts = new ArrayList<>();

    private final List<AddressRange> allStarts;

    private Bounds(int[] componentOfAlike, List<NavigableSet<AddressRange>> found) {
      this.componentOfAlike = componentOfAlike;
      var all = new TreeSet<AddressRange>();
      for (var some : found) {
        starts.add(List.copyOf(some));
        all.addAll(some);
      }
      allStarts = List.copyOf(all);
    }

    static Bounds of(ReachabilityModel model, List<NetworkInterface> alikes) {
      var sets = ClassSets.ofMarks(alikes);
      int[] parents = new int[alikes.size()];
      Arrays.setAll(parents, i -> i);
      for (Link link : model.links()) {
        var sources = sets.mayPick(link.sources());
        var destinations = sets.mayPick(link.destinations());
        if (sources.isEmpty() || destinations.isEmpty()) {
          // From or to addresses outside alone, which join nothing.
          continue;
        }
        var joined = sources.or(destinations);
        int first = joined.first();
        joined.stream().forEach(other -> parents[root(parents, other)] = root(parents, first));
      }
      Map<Integer, Integer> numbers = new HashMap<>();
      int[] components = new int[parents.length];
      for (int i = 0; i < parents.length; i++) {
        components[i] = numbers.computeIfAbsent(root(parents, i), absent -> numbers.size());
      }
      var found = new ArrayList<NavigableSet<AddressRange>>();
      // One more than there are components: what is about addresses outside alone.
      for (int i = 0; i <= numbers.size(); i++) {
        found.add(new TreeSet<>());
      }
      var collected = new Collected(components, found);
      for (Link link : model.links()) {
        var ends = sets.mayPick(link.sources()).or(sets.mayPick(link.destinations()));
        collected.add(ends, List.of(link.sources(), link.destinations()));
      }
      Set<Tier> tiers = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Gate gate : model.gates()) {
        var guarded = sets.mayPick(gate.guards());
        collected.add(guarded, List.of(gate.guards(), gate.exempt()));
        for (Tier tier : gate.tiers()) {
          if (tiers.add(tier)) {
            collected.add(guarded, List.of(tier.applies()));
          }
          for (GateRule rule : tier.rules()) {
            if (collected.hasRanges(rule.targets()) || collected.hasRanges(rule.peers())) {
              var targets = sets.mayPick(rule.targets()).and(guarded);
              collected.add(targets, List.of(rule.targets(), rule.peers()));
            }
          }
        }
      }
      return new Bounds(components, found);
    }

    private static int root(int[] parents, int start) {
      int at = start;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    int componentOf(int alike) {
      return componentOfAlike[alike];
    }

    /// The number of the stretch that an address is in; stretches of IPv6 come behind those of
    /// IPv4.
    int atom(int component, AddressRange address) {
      int found = Collections.binarySearch(starts.get(component), address);
      int behind = found < 0 ? -found - 1 : found + 1;
      return address.isV6() ? starts.get(component).size() + 1 + behind : behind;
    }

    /// The ranges, divided at all bounds.
    List<AddressRange> divided(List<AddressRange> ranges) {
      var parts = new ArrayList<AddressRange>();
      for (AddressRange range : ranges) {
        var left = Optional.of(range);
        int at = Collections.binarySearch(allStarts, range.first());
        for (int i = at < 0 ? -at - 1 : at + 1; i < allStarts.size() && left.isPresent(); i++) {
          var start = allStarts.get(i);
          if (!left.get().contains(start)) {
            break;
          }
          parts.add(left.get().before(start));
          left = Optional.of(left.get().from(start));
        }
        left.ifPresent(parts::add);
      }
      return parts;
    }
  }

  /// Where the bounds of ranges go.
  private record Collected(int[] components, List<NavigableSet<AddressRange>> found) {
    void add(ClassSet alikes, List<Selector> selectors) {
      var ranges = new ArrayList<AddressRange>();
      selectors.forEach(selector -> Mentions.eachRange(selector, ranges::add));
      if (ranges.isEmpty()) {
        return;
      }
      Set<Integer> touched = new HashSet<>();
      alikes.stream().forEach(alike -> touched.add(components[alike]));
      touched.add(found.size() - 1);
      for (int component : touched) {
        for (AddressRange range : ranges) {
          found.get(component).add(range.first());
          range.next().ifPresent(found.get(component)::add);
        }
      }
    }

    boolean hasRanges(Selector selector) {
      var some = new ArrayList<AddressRange>(1);
      Mentions.eachRange(selector, some::add);
      return !some.isEmpty();
    }
  }
}
