package io.surfacescan.races;

import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// What is raced over: an environment and the VMs asked about, both drawn from seeds.
///
/// @param sample how many VMs are asked about, at most as many as there are
record Course(Shape shape, int vms, int tags, int rules, long seed, int sample, long sampleSeed) {
  Course {
    sample = Math.min(sample, vms);
  }

  SeededEnvironment environment() {
    return SeededEnvironment.of(shape, vms, tags, rules, seed);
  }

  /// Distinct VMs in random order, so that the first of them are a fair sample too.
  int[] sampledVms() {
    return new SplittableRandom(sampleSeed).ints(0, vms).distinct().limit(sample).toArray();
  }

  /// The course as arguments of a command, to be read by [#parse].
  List<String> arguments() {
    return List.of(
        shape.name(),
        Integer.toString(vms),
        Integer.toString(tags),
        Integer.toString(rules),
        Long.toString(seed),
        Integer.toString(sample),
        Long.toString(sampleSeed));
  }

  static Course parse(List<String> arguments) {
    return new Course(
        Shape.valueOf(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        Integer.parseInt(arguments.get(3)),
        Long.parseLong(arguments.get(4)),
        Integer.parseInt(arguments.get(5)),
        Long.parseLong(arguments.get(6)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %,d VMs, %,d tags, %,d rules (seed %d)",
        Words.of(shape),
        vms,
        tags,
        rules,
        seed);
  }
}
