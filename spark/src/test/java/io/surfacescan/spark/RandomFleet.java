package io.surfacescan.spark;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// Many random environments side by side as one fleet, so that one job answers for them all: their
/// ids and tags start with a number. In the first, some VMs stand for addresses outside, one of
/// them for the internet. Some VMs of any are targets.
final class RandomFleet {
  static final StructType VMS =
      new StructType()
          .add("vm_id", DataTypes.StringType)
          .add("tags", DataTypes.createArrayType(DataTypes.StringType))
          .add("name", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("scope", DataTypes.StringType);

  final List<Environment> environments = new ArrayList<>();
  final List<String> targets = new ArrayList<>();
  private final SplittableRandom random;

  RandomFleet(long firstSeed, int count) {
    random = new SplittableRandom(firstSeed);
    for (int i = 0; i < count; i++) {
      environments.add(part(i, RandomEnvironments.of(firstSeed + i)));
    }
  }

  private Environment part(int number, Environment plain) {
    var builder = new EnvironmentBuilder();
    String prefix = number + ":";
    int internet = number == 0 ? random.nextInt(plain.vmCount()) : -1;
    for (int vm = 0; vm < plain.vmCount(); vm++) {
      var view = plain.vm(vm);
      String id = vm == internet ? "internet" : prefix + view.id();
      builder.vm(
          id, view.name().orElse(null), view.tags().stream().map(tag -> prefix + tag).toList());
      if (vm == internet || number == 0 && random.nextInt(6) == 0) {
        builder.details(
            vm, new VmDetails(VmKind.EXTERNAL, Optional.of("outside"), List.of(), List.of()));
      } else if (random.nextInt(40) == 0) {
        targets.add(id);
      }
    }
    for (var rule : plain.rules()) {
      builder.rule(null, prefix + rule.sourceTag(), prefix + rule.destTag());
    }
    return builder.build();
  }

  /// What the definition says of each VM: the values of its row behind its id.
  Map<String, List<Object>> expected() {
    Map<String, List<Object>> rows = new HashMap<>();
    for (var environment : environments) {
      var oracle = NaiveOracle.of(environment);
      var wanted = new ArrayList<Integer>();
      targets.forEach(id -> environment.findVm(id).ifPresent(wanted::add));
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        if (!environment.vmKind(vm).isExternal()) {
          rows.put(environment.vmId(vm), expected(environment, oracle, wanted, vm));
        }
      }
    }
    return rows;
  }

  private static List<Object> expected(
      Environment environment, NaiveOracle oracle, List<Integer> wanted, int vm) {
    var attackers = oracle.attackers(vm);
    var victims = oracle.victims(vm);
    var both = new TreeSet<>(attackers.keySet());
    both.retainAll(victims.keySet());
    return List.of(
        environment.vmName(vm),
        vms(environment, attackers.keySet()),
        vms(environment, oracle.attackersWithin(vm, 1).keySet()),
        vms(environment, victims.keySet()),
        vms(environment, oracle.victimsWithin(vm, 1).keySet()),
        !both.isEmpty(),
        environment.vmKind(vm).code(),
        environment.vmScope(vm),
        least(IntStream.of(environment.internet()).boxed().toList(), attackers),
        least(wanted, victims));
  }

  private static int vms(Environment environment, Collection<Integer> some) {
    return (int) some.stream().filter(vm -> !environment.vmKind(vm).isExternal()).count();
  }

  private static Optional<Integer> least(Collection<Integer> some, Map<Integer, Integer> hops) {
    return some.stream().filter(hops::containsKey).map(hops::get).min(Integer::compare);
  }

  /// The values of a row that was written, in the same order.
  static List<Object> values(Row row) {
    return List.of(
        Optional.ofNullable(row.<String>getAs("name")),
        row.<Integer>getAs("attackers"),
        row.<Integer>getAs("direct_attackers"),
        row.<Integer>getAs("blast_radius"),
        row.<Integer>getAs("direct_blast_radius"),
        row.<Boolean>getAs("on_cycle"),
        row.<String>getAs("kind"),
        Optional.ofNullable(row.<String>getAs("scope")),
        LocalSpark.number(row, "internet"),
        LocalSpark.number(row, "hops_to_targets"));
  }

  static Map<String, List<Object>> values(List<Row> rows) {
    Map<String, List<Object>> values = new HashMap<>();
    var ids = new HashSet<String>();
    for (var row : rows) {
      if (!ids.add(row.getAs("vm_id"))) {
        throw new AssertionError("twice: " + row);
      }
      values.put(row.getAs("vm_id"), values(row));
    }
    return values;
  }

  void writeRules(Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write("{\"fw_rules\": [");
      String separator = "\n";
      for (var environment : environments) {
        for (var rule : environment.rules()) {
          out.write(separator + "{\"source_tag\": " + json(rule.sourceTag()));
          out.write(", \"dest_tag\": " + json(rule.destTag()) + "}");
          separator = ",\n";
        }
      }
      out.write("\n]}\n");
    }
  }

  /// One VM in each line; the first of three files is a document with its frame.
  void writeLines(Path directory) throws IOException {
    for (int part = 0; part < 3; part++) {
      boolean isDocument = part == 0;
      try (var out = Files.newBufferedWriter(directory.resolve("part-" + part + ".json"))) {
        out.write(isDocument ? "{\"vms\":[\n" : "");
        for (int i = part; i < environments.size(); i += 3) {
          boolean isLast = i + 3 >= environments.size();
          writeLines(environments.get(i), isDocument, isLast, out);
        }
        out.write(isDocument ? "]}\n" : "");
      }
    }
  }

  private static void writeLines(
      Environment environment, boolean isDocument, boolean isLast, Writer out) throws IOException {
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var view = environment.vm(vm);
      out.write("{\"vm_id\": " + json(view.id()) + ", \"tags\": [");
      out.write(String.join(", ", view.tags().stream().map(RandomFleet::json).toList()) + "]");
      if (view.name().isPresent()) {
        out.write(", \"name\": " + json(view.name().get()));
      }
      if (environment.vmKind(vm) != VmKind.VM) {
        out.write(", \"kind\": " + json(environment.vmKind(vm).code()));
        out.write(", \"scope\": " + json(environment.vmScope(vm).orElseThrow()));
      }
      boolean isEnd = isLast && vm + 1 == environment.vmCount();
      out.write(isDocument && !isEnd ? "},\n" : "}\n");
    }
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var environment : environments) {
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        var view = environment.vm(vm);
        var kind = environment.vmKind(vm);
        rows.add(
            RowFactory.create(
                view.id(),
                view.tags().toArray(String[]::new),
                view.name().orElse(null),
                kind == VmKind.VM ? null : kind.code(),
                environment.vmScope(vm).orElse(null)));
      }
    }
    return rows;
  }

  static String json(String text) {
    var json = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append(String.format("\\u%04x", (int) character));
      } else {
        json.append(character);
      }
    }
    return json.append('"').toString();
  }
}
