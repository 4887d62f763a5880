package io.surfacescan.cli.options;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.conditions.AttackCondition;
import io.surfacescan.questions.conditions.DiffCondition;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.TerminalText;

/// What a message says if a condition of `--fail-on` holds.
public final class ConditionWords {
  private ConditionWords() {}

  /// That a VM or group has too many attackers.
  ///
  /// @param label names the VM or group, as a message shows it
  public static String of(AttackCondition condition, String label, int attackers) {
    return start(condition.word())
        + counted(attackers, "VM", "VMs")
        + " can attack `"
        + label
        + "`";
  }

  /// What differs between two environments.
  ///
  /// @param after the environment after
  public static String of(DiffCondition.Held held, Environment after) {
    int count = held.count();
    return start(held.condition().word())
        + switch (held.condition()) {
          case DiffCondition.Grew _ ->
              counted(count, "VM has attackers", "VMs have attackers")
                  + " that could not attack before";
          case DiffCondition.NewDirect _ ->
              vm(held, 0, after)
                  + " can attack "
                  + vm(held, 1, after)
                  + " directly, which it could not before";
          case DiffCondition.NewService _ ->
              vm(held, 0, after)
                  + " can attack "
                  + vm(held, 1, after)
                  + " directly over "
                  + held.services()
                  + ", over which it could not before";
          case DiffCondition.NewInternet _ ->
              "the internet can attack "
                  + counted(count, "VM", "VMs")
                  + " that it could not before, such as "
                  + vm(held, 0, after);
          case DiffCondition.NewExposed _ ->
              counted(count, "new VM", "new VMs")
                  + " can be attacked, such as "
                  + vm(held, 0, after);
          case DiffCondition.Attackers _ ->
              counted(count, "VM has", "VMs have")
                  + " more attackers, "
                  + vm(held, 0, after)
                  + " the most, "
                  + held.attackers();
          case DiffCondition.Reach _ ->
              counted(count, "VM", "VMs")
                  + " can attack it that could not before, such as "
                  + vm(held, 0, after);
        };
  }

  private static String start(String word) {
    return "--fail-on " + TerminalText.plain(word) + ": ";
  }

  private static String counted(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  private static String vm(DiffCondition.Held held, int index, Environment after) {
    return "`" + VmLabel.plain(after, held.vms().get(index)) + "`";
  }
}
