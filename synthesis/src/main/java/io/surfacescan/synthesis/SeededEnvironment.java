package io.surfacescan.synthesis;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An environment that is computed, not kept: each VM and each rule follows from the seed and its
/// index, in any order and from any thread, in memory that does not grow with the VMs.
///
/// The same shape, sizes and seed give the same environment on every machine.
public abstract sealed class SeededEnvironment
    permits UniformEnvironment, LayeredEnvironment, ChainEnvironment, RingsEnvironment {
  private static final int VM_ID_DIGITS = 9;
  private static final int RULE_ID_DIGITS = 8;

  /// Streams of draws that all shapes have; those of one shape start at [#OWN].
  private static final int VM_IDS = 0;

  private static final int RULE_IDS = 1;
  private static final int VM_ORDER = 2;
  private static final int RULE_ORDER = 3;
  static final int OWN = 16;

  private final int vmCount;
  private final int tagCount;
  private final int ruleCount;
  final SeededDraws draws;
  private final Permutation vmIds;
  private final Permutation ruleIds;

  SeededEnvironment(int vms, int tags, int rules, long seed) {
    require(vms >= 1, "at least 1 VM is needed, not " + vms);
    require(tags >= 1, "at least 1 tag is needed, not " + tags);
    require(rules >= 0, "at least 0 rules are needed, not " + rules);
    vmCount = vms;
    tagCount = tags;
    ruleCount = rules;
    draws = new SeededDraws(seed);
    vmIds = new Permutation(1L << (4 * VM_ID_DIGITS), draws.word(VM_IDS, 0));
    ruleIds = new Permutation(1L << (4 * RULE_ID_DIGITS), draws.word(RULE_IDS, 0));
  }

  /// The environment of these sizes.
  ///
  /// @throws IllegalArgumentException if the shape cannot have these sizes; the message says why
  public static SeededEnvironment of(Shape shape, int vms, int tags, int rules, long seed) {
    return switch (shape) {
      case UNIFORM -> new UniformEnvironment(vms, tags, rules, seed);
      case LAYERED -> new LayeredEnvironment(vms, tags, rules, seed);
      case CHAIN -> new ChainEnvironment(vms, tags, rules, seed);
      case CYCLES -> new RingsEnvironment(vms, tags, rules, seed);
    };
  }

  static void require(boolean possible, String message) {
    if (!possible) {
      throw new IllegalArgumentException(message);
    }
  }

  public final int vmCount() {
    return vmCount;
  }

  /// The number of tags that VMs carry; rules name no others.
  public final int tagCount() {
    return tagCount;
  }

  public final int ruleCount() {
    return ruleCount;
  }

  /// The VM at an index in `[0, vmCount)`.
  public abstract Vm vm(int index);

  /// The rule at an index in `[0, ruleCount)`.
  public abstract FirewallRule rule(int index);

  /// All VMs in order, each computed when it is taken.
  public final Stream<Vm> vms() {
    return IntStream.range(0, vmCount).mapToObj(this::vm);
  }

  /// All rules in order, each computed when it is taken.
  public final Stream<FirewallRule> rules() {
    return IntStream.range(0, ruleCount).mapToObj(this::rule);
  }

  /// The same environment in memory.
  public final Environment build() {
    var builder = new EnvironmentBuilder();
    vms().forEachOrdered(vm -> builder.vm(vm.id(), vm.name().orElse(null), vm.tags()));
    rules()
        .forEachOrdered(
            rule -> builder.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag()));
    return builder.build();
  }

  /// A scattered order of the VMs, so that neighbours in the file are no neighbours otherwise.
  final Permutation vmOrder() {
    return new Permutation(vmCount, draws.word(VM_ORDER, 0));
  }

  final Permutation ruleOrder() {
    return new Permutation(Math.max(1, ruleCount), draws.word(RULE_ORDER, 0));
  }

  final String vmId(int index) {
    return "vm-" + HexFormat.of().toHexDigits(vmIds.at(index), VM_ID_DIGITS);
  }

  final FirewallRule rule(int index, String sourceTag, String destTag) {
    String id = "fw-" + HexFormat.of().toHexDigits(ruleIds.at(index), RULE_ID_DIGITS);
    return new FirewallRule(Optional.of(id), sourceTag, destTag);
  }

  /// The number with zeros in front.
  static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /// The digits of the largest of so many numbers that start at 0.
  static int digits(int count) {
    return Integer.toString(count - 1).length();
  }
}
