package io.surfacescan.report.format;

import io.surfacescan.engine.ComparedVm;
import io.surfacescan.engine.Comparison;
import io.surfacescan.model.Environment;
import io.surfacescan.text.TerminalText;
import java.util.Optional;

/// How text and drawings name a VM for people: `laptop-reception (vm-1625bd)`, or the id alone if
/// it has no name, or no other name than its id.
public final class VmLabel {
  private VmLabel() {}

  /// The label as it is; who shows it escapes it.
  public static String of(Environment environment, int vm) {
    return of(environment.vmId(vm), environment.vmName(vm));
  }

  /// The label of a VM in two environments.
  public static String of(Comparison comparison, ComparedVm vm) {
    return of(comparison.id(vm), comparison.name(vm));
  }

  private static String of(String id, Optional<String> known) {
    return known
        .filter(name -> !name.isEmpty() && !name.equals(id))
        .map(name -> name + " (" + id + ")")
        .orElse(id);
  }

  /// The label inside a message, as [TerminalText] shows it.
  public static String plain(Environment environment, int vm) {
    return TerminalText.plain(of(environment, vm));
  }
}
