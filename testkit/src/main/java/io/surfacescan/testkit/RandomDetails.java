package io.surfacescan.testkit;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// [Random environments][RandomEnvironments] as exports make them: rules with services, some
/// assumed, with real rules; VMs of several kinds with scopes, labels and addresses. VMs of an
/// external kind keep to it: sources are never attacked, sinks never attack.
public final class RandomDetails {
  /// Services that meet each other in some ways.
  public static final List<Services> SERVICES =
      List.of(
          services("tcp/22"),
          services("tcp/20-30"),
          services("tcp"),
          services("udp/53"),
          services("icmp"),
          services("tcp/443").or(services("udp/443")),
          Services.ALL);

  private static final List<VmKind> KINDS = List.of(VmKind.values());

  private final RandomGenerator random;
  private final Environment plain;
  private final EnvironmentBuilder builder = new EnvironmentBuilder();

  private RandomDetails(long seed, long detailSeed) {
    random = new SplittableRandom(detailSeed ^ 0x5EED);
    plain = RandomEnvironments.of(seed);
  }

  /// The environment of this seed: always the same.
  public static Environment of(long seed) {
    return of(seed, seed);
  }

  /// The environment of one seed with the details of another.
  public static Environment of(long seed, long detailSeed) {
    return new RandomDetails(seed, detailSeed).build();
  }

  /// An environment of which some VMs, always the same ids for one seed, stand for addresses
  /// outside, whatever they carry.
  public static Environment withOutside(Environment environment, long seed) {
    var marked = new EnvironmentBuilder();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var view = environment.vm(vm);
      marked.vm(view.id(), view.name().orElse(null), view.tags());
      var random = new SplittableRandom(seed ^ view.id().hashCode() * 0x9E3779B97F4A7C15L);
      var kind = KINDS.get(random.nextInt(KINDS.size()));
      if (kind.isExternal()) {
        marked.details(vm, new VmDetails(kind, Optional.empty(), List.of(), List.of()));
      }
    }
    for (var rule : environment.rules()) {
      marked.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
    }
    return marked.build();
  }

  private static Services services(String text) {
    return Services.parse(text).orElseThrow();
  }

  private Environment build() {
    for (int vm = 0; vm < plain.vmCount(); vm++) {
      addVm(vm);
    }
    for (int rule = 0; rule < plain.ruleCount(); rule++) {
      var view = plain.rule(rule);
      builder.rule(view.id().orElse(null), view.sourceTag(), view.destTag());
      if (!chance(5)) {
        builder.details(rule, details(rule));
      }
    }
    return builder.build();
  }

  private void addVm(int vm) {
    var view = plain.vm(vm);
    var kind = chance(3) ? KINDS.get(random.nextInt(KINDS.size())) : VmKind.VM;
    var tags = new ArrayList<>(view.tags());
    if (kind == VmKind.EXTERNAL) {
      tags.removeIf(tag -> plain.rules().stream().anyMatch(rule -> rule.destTag().equals(tag)));
    } else if (kind == VmKind.EXTERNAL_SINK) {
      tags.removeIf(tag -> plain.rules().stream().anyMatch(rule -> rule.sourceTag().equals(tag)));
    }
    builder.vm(view.id(), view.name().orElse(null), tags);
    if (kind != VmKind.VM || chance(2)) {
      builder.details(
          vm,
          new VmDetails(
              kind,
              chance(2) ? Optional.of("scope-" + random.nextInt(2)) : Optional.empty(),
              chance(2) ? List.of("app=web", "tier=" + random.nextInt(3)) : List.of(),
              chance(2) ? List.of("10.0.0." + vm, "2001:db8::/64") : List.of()));
    }
  }

  private RuleDetails details(int rule) {
    var origins = new ArrayList<Origin>();
    for (int count = random.nextInt(3); count > 0; count--) {
      origins.add(
          new Origin(
              "sgr-" + rule + "-" + count,
              chance(2) ? "ingress" : "",
              chance(2) ? Optional.of(new Place("sg.json", 1 + rule, count)) : Optional.empty(),
              chance(2) ? "tcp from any" : ""));
    }
    return new RuleDetails(
        SERVICES.get(random.nextInt(SERVICES.size())),
        chance(3) ? Optional.of("not known") : Optional.empty(),
        origins);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
