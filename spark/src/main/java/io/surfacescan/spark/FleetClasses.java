package io.surfacescan.spark;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.ClassGraph;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Classes of VMs on their way to an engine: each with its key and its number of VMs.
final class FleetClasses {
  private static final VmDetails OUTSIDE =
      new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of());

  private final NamedTags named;
  private final ClassTable table = new ClassTable();
  private final EnvironmentBuilder builder = new EnvironmentBuilder();
  private final int[] tags;
  private final Map<String, Integer> alone = new TreeMap<>();
  private int[] vms = new int[64];
  private final int[] carried;

  FleetClasses(NamedTags named) {
    this.named = named;
    this.tags = new int[named.count()];
    this.carried = new int[named.count()];
    Arrays.fill(tags, -1);
  }

  int size() {
    return table.size();
  }

  /// Adds a class.
  ///
  /// @throws ArithmeticException if it has more than [Integer#MAX_VALUE] VMs
  void add(byte[] key, long count) {
    int number = table.add(key);
    if (number == vms.length) {
      vms = Arrays.copyOf(vms, 2 * number);
    }
    vms[number] = Math.toIntExact(count);
    var read = NamedTags.Read.of(key);
    for (int i = 0; i < read.tags().length; i++) {
      carried[i] = tag(read.tags()[i]);
    }
    // The engine knows the internet by its id.
    boolean isInternet =
        read.isOutside() && read.isAlone() && Environment.isInternet(read.id(), VmKind.EXTERNAL);
    byte[] id = (isInternet ? read.id() : "class " + number).getBytes(StandardCharsets.UTF_8);
    builder.addVm(id, id.length, null, 0, carried, read.tags().length);
    if (read.isOutside()) {
      builder.details(number, OUTSIDE);
    }
    if (read.isAlone()) {
      alone.put(read.id(), number);
    }
  }

  private int tag(int number) {
    if (tags[number] < 0) {
      byte[] text = named.tag(number).getBytes(StandardCharsets.UTF_8);
      tags[number] = builder.tag(text, 0, text.length);
    }
    return tags[number];
  }

  /// The class of a VM that is one of its own, if there is such a VM.
  Optional<Integer> alone(String id) {
    return Optional.ofNullable(alone.get(id));
  }

  /// How many tags that rules name are carried by no VM.
  long phantomTags() {
    return Arrays.stream(tags).filter(tag -> tag < 0).count();
  }

  /// The numbers of all classes. Ends this.
  ///
  /// @param rules those that may matter
  /// @param targets classes of one VM
  /// @throws ArithmeticException if there are more than [Integer#MAX_VALUE] VMs
  ClassResults results(RulePairs rules, int... targets) {
    for (int rule = 0; rule < rules.count(); rule++) {
      int source = tag(rules.sources()[rule]);
      builder.addRule(null, 0, source, tag(rules.dests()[rule]));
    }
    ClassGraph graph = AttackGraph.ofClasses(builder.build(), Arrays.copyOf(vms, table.size()));
    return new ClassResults(table, graph, targets);
  }
}
