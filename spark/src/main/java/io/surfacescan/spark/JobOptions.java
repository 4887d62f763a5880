package io.surfacescan.spark;

import io.surfacescan.spark.JobRefused.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the job is asked to do: a verb and its flags.
final class JobOptions {
  /// How rows are written.
  enum RowFormat {
    PARQUET,
    NDJSON,
    CSV
  }

  static final String USAGE =
      """
      usage: spark-submit surfacescan-spark.jar report --vms PATH… --rules FILE --out PATH
               [--format parquet|ndjson|csv] [--target VM_ID]… [--partition KEY=VALUE]
               [--max-classes N] [--split] [--trust-ids]
             spark-submit surfacescan-spark.jar environments --data GLOB… --out PATH
               [--policy FILE] [--format parquet|ndjson|csv] [--time-limit SECONDS]\
      """;

  static final int CLASSES_USUAL = 2_000_000;
  static final int SECONDS_USUAL = 600;

  private static final Map<String, Set<String>> FLAGS =
      Map.of(
          "report",
          Set.of("vms", "rules", "out", "format", "target", "partition", "max-classes"),
          "environments",
          Set.of("data", "out", "policy", "format", "time-limit"));
  private static final Set<String> SWITCHES = Set.of("trust-ids", "split");
  private static final Set<String> REPEATED = Set.of("vms", "data", "target");
  private static final Pattern PARTITION = Pattern.compile("[A-Za-z0-9_]+=[A-Za-z0-9._:-]+");

  private final String verb;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private JobOptions(String verb) {
    this.verb = verb;
  }

  static JobOptions of(String... arguments) throws JobRefused {
    if (arguments.length == 0 || !FLAGS.containsKey(arguments[0])) {
      throw new JobRefused(
          Reason.USAGE, "the first argument is report or environments", "\n" + USAGE);
    }
    var options = new JobOptions(arguments[0]);
    options.read(Arrays.asList(arguments).subList(1, arguments.length));
    options.check();
    return options;
  }

  private void read(List<String> arguments) throws JobRefused {
    String flag = "";
    for (String argument : arguments) {
      if (!argument.startsWith("--")) {
        add(flag, argument);
        continue;
      }
      int equals = argument.indexOf('=');
      flag = argument.substring(2, equals < 0 ? argument.length() : equals);
      boolean isSwitch = verb.equals("report") && SWITCHES.contains(flag);
      if (!isSwitch && !FLAGS.getOrDefault(verb, Set.of()).contains(flag)) {
        throw usage("--" + flag + " is no flag of " + verb);
      }
      if (values.putIfAbsent(flag, new ArrayList<>()) != null && !REPEATED.contains(flag)) {
        throw usage("--" + flag + " is given twice");
      }
      if (equals >= 0) {
        add(flag, argument.substring(equals + 1));
      }
    }
  }

  private void add(String flag, String value) throws JobRefused {
    var known = values.get(flag);
    if (known == null || SWITCHES.contains(flag)) {
      throw usage("\"" + value + "\" belongs to no flag");
    }
    if (!known.isEmpty() && !REPEATED.contains(flag)) {
      throw usage("--" + flag + " takes one value");
    }
    known.add(value);
  }

  private void check() throws JobRefused {
    for (var each : values.entrySet()) {
      if (each.getValue().isEmpty() && !SWITCHES.contains(each.getKey())) {
        throw usage("--" + each.getKey() + " has no value");
      }
    }
    for (String flag :
        verb.equals("report") ? List.of("vms", "rules", "out") : List.of("data", "out")) {
      if (!values.containsKey(flag)) {
        throw usage("--" + flag + " is missing");
      }
    }
    format();
    count("max-classes", CLASSES_USUAL);
    count("time-limit", SECONDS_USUAL);
    var partition = one("partition");
    if (partition.isPresent() && !PARTITION.matcher(partition.get()).matches()) {
      throw usage(
          "--partition is " + partition.get() + ", not KEY=VALUE of letters, digits, and . _ : -");
    }
  }

  private static JobRefused usage(String what) {
    return new JobRefused(Reason.USAGE, what, "\n" + USAGE);
  }

  String verb() {
    return verb;
  }

  List<String> all(String flag) {
    return Collections.unmodifiableList(values.getOrDefault(flag, List.of()));
  }

  Optional<String> one(String flag) {
    return all(flag).stream().findFirst();
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  String rules() {
    return one("rules").orElseThrow();
  }

  String out() {
    return one("out").orElseThrow();
  }

  RowFormat format() throws JobRefused {
    String name = one("format").orElse("parquet").toUpperCase(Locale.ROOT);
    for (var format : RowFormat.values()) {
      if (format.name().equals(name)) {
        return format;
      }
    }
    throw usage("--format is none of parquet, ndjson and csv");
  }

  /// A count from 1.
  int count(String flag, int usual) throws JobRefused {
    var given = one(flag);
    try {
      int count = given.isEmpty() ? usual : Integer.parseInt(given.get());
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // As if it were too low.
    }
    throw usage("--" + flag + " is no count from 1");
  }
}
