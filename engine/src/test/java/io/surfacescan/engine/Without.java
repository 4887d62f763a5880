package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Environments built anew with something left out.
final class Without {
  private Without() {}

  /// Without the rules of some pairs of source and destination tag.
  static Environment rules(Environment environment, Set<List<String>> pairs) {
    return build(environment, pairs, id -> true, tag -> true);
  }

  static Environment tag(Environment environment, String gone) {
    return build(environment, Set.of(), id -> true, tag -> !tag.equals(gone));
  }

  static Environment vm(Environment environment, String gone) {
    return build(environment, Set.of(), id -> !id.equals(gone), tag -> true);
  }

  private static Environment build(
      Environment environment,
      Set<List<String>> rulesGone,
      Predicate<String> isVmKept,
      Predicate<String> isTagKept) {
    var builder = new EnvironmentBuilder();
    for (int index = 0; index < environment.vmCount(); index++) {
      var vm = environment.vm(index);
      if (isVmKept.test(vm.id())) {
        builder.vm(vm.id(), vm.name().orElse(null), vm.tags().stream().filter(isTagKept).toList());
      }
    }
    for (var rule : environment.rules()) {
      if (!rulesGone.contains(List.of(rule.sourceTag(), rule.destTag()))) {
        builder.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
      }
    }
    return builder.build();
  }
}
