package io.surfacescan.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// What one benchmark came to with one set of parameters: a line of the record.
///
/// @param kind the simple name of the benchmark's class
/// @param median of what was sampled: nanoseconds, or where it is a rate bytes per second
/// @param p99 the value that one in a hundred samples exceeds; the median of a rate
/// @param samples how many times it was run, or of a rate the number of iterations
/// @param bytes the bytes that one run wrote; 0 if it wrote none
/// @param allocated the bytes of heap that one run took
record Measured(
    String kind,
    String name,
    Map<String, String> parameters,
    double median,
    double p99,
    double least,
    double most,
    long samples,
    double bytes,
    double allocated,
    String commit,
    String date) {
  static final String HEADER =
      "kind,name,parameters,median,p99,least,most,samples,bytes,allocated,commit,date";

  static final String SHAPE = "shape";
  static final String VMS = "vms";

  Measured {
    parameters = Map.copyOf(parameters);
  }

  static Measured of(RunResult result, String commit, String date) {
    String[] path = result.getParams().getBenchmark().split("\\.");
    var parameters = new TreeMap<String, String>();
    for (String key : result.getParams().getParamsKeys()) {
      parameters.put(key, result.getParams().getParam(key));
    }
    var seen = result.getPrimaryResult().getStatistics();
    double runs = result.getPrimaryResult().getScore();
    boolean isRate = result.getParams().getMode() == Mode.Throughput;
    double bytes = isRate ? secondary(result, "bytes") / runs : 0;
    double scale = isRate ? bytes : 1;
    return new Measured(
        path[path.length - 2],
        path[path.length - 1],
        parameters,
        scale * seen.getPercentile(50),
        scale * seen.getPercentile(isRate ? 50 : 99),
        scale * seen.getMin(),
        scale * seen.getMax(),
        seen.getN(),
        bytes,
        secondary(result, "gc.alloc.rate.norm"),
        commit,
        date);
  }

  private static double secondary(RunResult result, String name) {
    Result<?> found = result.getSecondaryResults().get(name);
    return found == null ? 0 : found.getScore();
  }

  /// What another measurement of the same replaces.
  String key() {
    return kind + "," + name + "," + parametersText();
  }

  private String parametersText() {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  int vms() {
    return Integer.parseInt(parameters.getOrDefault(VMS, "0"));
  }

  boolean isRate() {
    return bytes > 0;
  }

  /// Four digits are more than the spread allows.
  String line() {
    return String.join(
        ",",
        List.of(
            key(),
            number(median),
            number(p99),
            number(least),
            number(most),
            Long.toString(samples),
            number(bytes),
            number(allocated),
            commit,
            date));
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  static Measured ofLine(String line) {
    String[] fields = line.split(",", -1);
    var parameters =
        Arrays.stream(fields[2].split(" "))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new Measured(
        fields[0],
        fields[1],
        parameters,
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Double.parseDouble(fields[6]),
        Long.parseLong(fields[7]),
        Double.parseDouble(fields[8]),
        Double.parseDouble(fields[9]),
        fields[10],
        fields[11]);
  }
}
