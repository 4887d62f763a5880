package io.surfacescan.testkit;

import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Edits that fit an environment, of every kind and mixture, and what they mean, executed word by
/// word.
public final class RandomEdits {
  private final RandomGenerator random;
  private final Environment environment;
  private final List<RuleName> removedRules = new ArrayList<>();
  private final List<FirewallRule> addedRules = new ArrayList<>();
  private final Set<TagOfVm> removedTags = new LinkedHashSet<>();
  private final Set<TagOfVm> addedTags = new LinkedHashSet<>();
  private final Set<String> removedVms = new LinkedHashSet<>();

  private RandomEdits(Environment environment, long seed) {
    this.environment = environment;
    random = new SplittableRandom(seed);
  }

  /// The edits of this seed: always the same for one environment; sometimes none at all.
  public static Edits of(Environment environment, long seed) {
    return new RandomEdits(environment, seed).draw();
  }

  private Edits draw() {
    // Which kinds of edits are drawn: any of the 32 mixtures.
    int kinds = random.nextInt(32);
    if ((kinds & 1) != 0) {
      times(this::removeRule);
    }
    if ((kinds & 2) != 0) {
      times(this::addRule);
    }
    if ((kinds & 4) != 0) {
      times(this::removeVm);
    }
    if ((kinds & 8) != 0) {
      times(this::removeTag);
    }
    if ((kinds & 16) != 0) {
      times(this::addTag);
    }
    return new Edits(
        removedRules,
        addedRules,
        List.copyOf(removedTags),
        List.copyOf(addedTags),
        List.copyOf(removedVms));
  }

  private void times(Runnable edit) {
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      edit.run();
    }
  }

  private void removeRule() {
    if (environment.ruleCount() == 0) {
      return;
    }
    var rule = environment.rule(random.nextInt(environment.ruleCount()));
    removedRules.add(
        rule.id().isPresent() && random.nextInt(3) > 0
            ? new RuleName.WithId(rule.id().get())
            : new RuleName.WithTags(rule.sourceTag(), rule.destTag()));
  }

  private void addRule() {
    var id = random.nextInt(3) == 0 ? Optional.<String>empty() : Optional.of("new rule");
    addedRules.add(new FirewallRule(id, anyTag(), anyTag()));
  }

  private void removeVm() {
    String id = environment.vmId(anyVm());
    if (removedTags.stream().noneMatch(edit -> edit.vmId().equals(id))) {
      removedVms.add(id);
    }
  }

  private void removeTag() {
    var vm = environment.vm(anyVm());
    if (!vm.tags().isEmpty() && !removedVms.contains(vm.id())) {
      removedTags.add(new TagOfVm(vm.id(), vm.tags().get(random.nextInt(vm.tags().size()))));
    }
  }

  private void addTag() {
    var edit = new TagOfVm(environment.vmId(anyVm()), anyTag());
    if (!removedVms.contains(edit.vmId()) && !removedTags.contains(edit)) {
      addedTags.add(edit);
    }
  }

  private int anyVm() {
    return random.nextInt(environment.vmCount());
  }

  /// Mostly a tag of the environment, now and then a new one.
  private String anyTag() {
    return environment.tagCount() == 0 || random.nextInt(8) == 0
        ? "new tag " + random.nextInt(2)
        : environment.tag(random.nextInt(environment.tagCount()));
  }

  /// The environment with the edits, built anew from texts: removed VMs are really gone.
  public static Environment rebuilt(Environment environment, Edits edits) {
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (!edits.removedVms().contains(environment.vmId(vm))) {
        addVm(builder, environment.vm(vm), edits);
      }
    }
    for (var rule : environment.rules()) {
      if (edits.removedRules().stream().noneMatch(name -> names(name, rule))) {
        builder.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
      }
    }
    for (var rule : edits.addedRules()) {
      builder.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
    }
    return builder.build();
  }

  private static void addVm(EnvironmentBuilder builder, Vm vm, Edits edits) {
    var tags = new LinkedHashSet<>(vm.tags());
    edits.removedTags().stream()
        .filter(edit -> edit.vmId().equals(vm.id()))
        .forEach(edit -> tags.remove(edit.tag()));
    edits.addedTags().stream()
        .filter(edit -> edit.vmId().equals(vm.id()))
        .forEach(edit -> tags.add(edit.tag()));
    builder.vm(vm.id(), vm.name().orElse(null), tags);
  }

  private static boolean names(RuleName name, FirewallRule rule) {
    return switch (name) {
      case RuleName.WithId(String id) -> rule.id().equals(Optional.of(id));
      case RuleName.WithTags(String source, String dest) ->
          rule.sourceTag().equals(source) && rule.destTag().equals(dest);
    };
  }
}
