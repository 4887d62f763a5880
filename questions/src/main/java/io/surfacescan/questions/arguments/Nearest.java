package io.surfacescan.questions.arguments;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Texts;
import io.surfacescan.questions.arguments.NearestTexts.Near;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What an unknown id, name or tag was probably meant to be, nearest first.
public final class Nearest {
  /// The most that are named.
  public static final int MOST = NearestTexts.MOST;

  private Nearest() {}

  /// VMs whose id or name is near the text. Of equally near ones those near by id come first.
  ///
  /// @param limits starts a limit of time for each of the two searches; what it gives is asked now
  ///   and then, and the answer false ends the search with what was found so far
  public static List<Integer> vms(
      Environment environment, String text, Supplier<BooleanSupplier> limits) {
    var byId =
        NearestTexts.of(environment.vmIds(), text, Optional.of(environment::findVm), limits.get());
    // The index of names is not built for this: that would take longer than the search may.
    var byName = NearestTexts.of(environment.vmNames(), text, Optional.empty(), limits.get());
    var vms = new LinkedHashSet<Integer>();
    Stream.concat(byId.stream(), byName.stream())
        .sorted(Comparator.comparingInt(Near::distance))
        .forEach(near -> vms.add(near.index()));
    return vms.stream().limit(MOST).toList();
  }

  /// Texts near the text.
  public static List<String> texts(Collection<String> known, String text) {
    var list = List.copyOf(known);
    return NearestTexts.of(Texts.of(list), text, Optional.empty(), () -> true).stream()
        .map(near -> list.get(near.index()))
        .toList();
  }

  /// Tags near the text that VMs carry.
  public static List<String> tags(Environment environment, String text, BooleanSupplier goOn) {
    int[] vmsPerTag = environment.vmsPerTag();
    var tags = new ArrayList<String>();
    for (var near : NearestTexts.of(environment.tags(), text, Optional.empty(), goOn)) {
      if (vmsPerTag[near.index()] > 0) {
        tags.add(environment.tag(near.index()));
      }
    }
    return tags;
  }
}
