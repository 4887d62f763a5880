package io.surfacescan.cli.options;

import io.surfacescan.report.format.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A condition of `attack --fail-on`: a VM has more attackers than some number. The word
/// `attackers>N` is read here for `diff` too.
///
/// @param word as it was given
/// @param most the most attackers with which it does not hold
public record AttackCondition(String word, int most) {
  private static final String ATTACKERS = "attackers>";
  public static final String ANY = "any";

  /// Reads the values of the flag, each several conditions with commas between them.
  public static List<AttackCondition> parse(List<String> values, CommandSpec spec) {
    var conditions = new ArrayList<AttackCondition>();
    for (String value : values) {
      for (String word : value.split(",", -1)) {
        int most = word.equals(ANY) ? 0 : attackersAbove(word, spec).orElse(-1);
        if (most < 0) {
          throw unknown(word, "any, attackers>N", spec);
        }
        conditions.add(new AttackCondition(word, most));
      }
    }
    return conditions;
  }

  /// The N of `attackers>N`; empty if it is another word.
  static OptionalInt attackersAbove(String word, CommandSpec spec) {
    if (!word.matches(ATTACKERS + "[0-9]+")) {
      return OptionalInt.empty();
    }
    String digits = word.substring(ATTACKERS.length());
    if (digits.length() > 9) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--fail-on': the N of '"
              + PlainText.of(word)
              + "' is too large; 999999999 is the most");
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  public static ParameterException unknown(String word, String words, CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(),
        "Invalid value for option '--fail-on': '"
            + PlainText.of(word)
            + "' is not one of "
            + words);
  }

  /// What the message says if it holds.
  ///
  /// @param label names the VM or group, as a message shows it
  public String held(String label, int attackers) {
    return "--fail-on "
        + word
        + ": "
        + (attackers == 1 ? "1 VM" : attackers + " VMs")
        + " can attack `"
        + label
        + "`";
  }
}
