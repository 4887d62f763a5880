package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Rectangles.Rectangle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Which endpoints attack which, over any number of hops: a search over classes of interfaces by
/// rectangles, without tags and rules between. Immutable.
public final class Reach {
  /// Who attacks an endpoint.
  ///
  /// @param endpoints their numbers
  /// @param hasInternet whether addresses of the internet are among them
  /// @param sources the classes that attack, with those of addresses outside
  /// @param reached the classes that are attacked on the way
  public record Attackers(
      BitSet endpoints, boolean hasInternet, ClassSet sources, ClassSet reached) {
    public int count() {
      return endpoints.cardinality();
    }
  }

  /// The endpoints of classes, and of the internet the classes.
  record Ends(
      ReachabilityModel model,
      InterfaceClasses classes,
      int[][] endpointsOfClass,
      Map<Integer, ClassSet> joined,
      ClassSet internet) {
    static Ends of(Lowered lowered, InterfaceClasses classes) {
      var model = lowered.model();
      int[] counts = new int[classes.size()];
      Map<Integer, ClassSet> joined = new HashMap<>();
      int endpoints = model.endpoints().size();
      for (int endpoint = 0; endpoint < endpoints; endpoint++) {
        int[] own = classes.ofEndpoint(endpoint);
        for (int number : own) {
          counts[number]++;
          if (own.length > 1) {
            var others = joined.computeIfAbsent(number, absent -> new ClassSet());
            for (int other : own) {
              others.set(other);
            }
          }
        }
      }
      int[][] endpointsOfClass = new int[classes.size()][];
      for (int number = 0; number < counts.length; number++) {
        endpointsOfClass[number] = new int[counts[number]];
      }
      for (int endpoint = endpoints - 1; endpoint >= 0; endpoint--) {
        for (int number : classes.ofEndpoint(endpoint)) {
          counts[number]--;
          endpointsOfClass[number][counts[number]] = endpoint;
        }
      }
      return new Ends(model, classes, endpointsOfClass, joined, internet(lowered, classes));
    }

    /// The classes of addresses that the environment has as the internet.
    private static ClassSet internet(Lowered lowered, InterfaceClasses classes) {
      var internet = new ClassSet();
      for (int vm : lowered.environment().internet()) {
        int external = vm - lowered.model().endpoints().size();
        if (external < 0) {
          continue;
        }
        var known = lowered.externals().get(external);
        for (int number = 0; number < classes.size(); number++) {
          var address = classes.example(number).address();
          if (classes.get(number).outside().filter(known.outside()::equals).isPresent()
              && address.isPresent()
              && known.ranges().stream().anyMatch(range -> range.contains(address.get()))) {
            internet.set(number);
          }
        }
      }
      return internet;
    }
  }

  private final Ends ends;
  private final List<Rectangle> rectangles;
  private final Runnable check;

  /// By block of class numbers, the rectangles that end there.
  private final Map<Integer, List<Integer>> rectanglesOfBlock = new HashMap<>();

  Reach(Ends ends, List<Rectangle> rectangles, Runnable check) {
    this.ends = ends;
    this.rectangles = rectangles;
    this.check = check;
    for (int i = 0; i < rectangles.size(); i++) {
      int number = i;
      rectangles
          .get(i)
          .destinations()
          .blocks()
          .forEach(block ->
              rectanglesOfBlock.computeIfAbsent(block, absent -> new ArrayList<>()).add(number));
    }
  }

  /// Cost: a look at each rectangle for each hop.
  public Attackers attackers(int endpoint) {
    var reached = new ClassSet();
    for (int number : ends.classes.ofEndpoint(endpoint)) {
      reached.set(number);
    }
    var sources = new ClassSet();
    var fresh = reached.or(sources);
    var left = new BitSet();
    left.set(0, rectangles.size());
    while (!fresh.isEmpty()) {
      check.run();
      var near = new BitSet();
      fresh
          .blocks()
          .forEach(block -> rectanglesOfBlock.getOrDefault(block, List.of()).forEach(near::set));
      near.and(left);
      var found = new ClassSet();
      for (int i = near.nextSetBit(0); i >= 0; i = near.nextSetBit(i + 1)) {
        if (rectangles.get(i).destinations().intersects(fresh)) {
          left.clear(i);
          found.addAll(rectangles.get(i).sources());
        }
      }
      var more = found.minus(sources);
      sources.addAll(more);
      var joined = new ClassSet();
      if (!ends.joined.isEmpty()) {
        more.stream()
            .forEach(number -> {
              var others = ends.joined.get(number);
              if (others != null) {
                joined.addAll(others);
              }
            });
      }
      joined.addAll(more);
      fresh = joined.minus(reached);
      reached.addAll(fresh);
    }
    var endpoints = new BitSet();
    sources.stream()
        .forEach(number -> {
          for (int each : ends.endpointsOfClass[number]) {
            endpoints.set(each);
          }
        });
    endpoints.clear(endpoint);
    return new Attackers(endpoints, sources.intersects(ends.internet), sources, reached);
  }

  /// An environment of the endpoints alone, with their numbers, in which the same ones attack each
  /// other. Names, details and addresses outside are not in it.
  public Environment environment() {
    var builder = new EnvironmentBuilder();
    var tags = new ClassTags(builder);
    var blocks = Lowering.blocks(ends.model, ends.classes, rectangles);
    record Rule(int source, int destination) {}
    var known = new HashSet<Rule>();
    for (Rectangle rectangle : rectangles) {
      check.run();
      for (ClassSet sources : blocks.of(rectangle.sources())) {
        int source = tags.of(sources, tags.nextName());
        for (ClassSet destinations : blocks.of(rectangle.destinations())) {
          int destination = tags.of(destinations, tags.nextName());
          if (known.add(new Rule(source, destination))) {
            builder.addRule(null, 0, source, destination);
          }
        }
      }
    }
    int[][] tagsOfClass = tags.byClass(ends.classes.size());
    int[] listOfClass = new int[tagsOfClass.length];
    Arrays.fill(listOfClass, -1);
    for (int endpoint = 0; endpoint < ends.model.endpoints().size(); endpoint++) {
      byte[] id = Integer.toString(endpoint).getBytes(StandardCharsets.UTF_8);
      int[] own = ends.classes.ofEndpoint(endpoint);
      if (own.length == 1 && listOfClass[own[0]] >= 0) {
        builder.addVm(id, id.length, null, 0, listOfClass[own[0]]);
        continue;
      }
      int[] carried =
          Arrays.stream(own)
              .flatMap(number -> Arrays.stream(tagsOfClass[number]))
              .distinct()
              .sorted()
              .toArray();
      int vm = builder.addVm(id, id.length, null, 0, carried, carried.length);
      if (own.length == 1) {
        listOfClass[own[0]] = builder.tagListOf(vm);
      }
    }
    return builder.build();
  }
}
