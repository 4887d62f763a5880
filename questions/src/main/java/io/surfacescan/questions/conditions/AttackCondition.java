package io.surfacescan.questions.conditions;

import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.QuestionRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A condition on who can attack a VM: it has more attackers than some number.
///
/// @param word as it was given: `any`, or `attackers>N`
/// @param most the most attackers with which it does not hold
public record AttackCondition(String word, int most) {
  public static final String ANY = "any";

  /// The largest N.
  public static final int MOST = 999_999_999;

  private static final String ATTACKERS = "attackers>";

  /// Reads conditions, each value several with commas between them.
  public static List<AttackCondition> parse(List<String> values) throws QuestionRefused {
    var conditions = new ArrayList<AttackCondition>();
    for (String value : values) {
      for (String word : value.split(",", -1)) {
        int most = word.equals(ANY) ? 0 : attackersAbove(word).orElse(-1);
        if (most < 0) {
          throw new QuestionRefused(new Fault.UnknownCondition(word, "any, attackers>N"));
        }
        conditions.add(new AttackCondition(word, most));
      }
    }
    return conditions;
  }

  /// The N of `attackers>N`; empty if it is another word.
  static OptionalInt attackersAbove(String word) throws QuestionRefused {
    if (!word.matches(ATTACKERS + "[0-9]+")) {
      return OptionalInt.empty();
    }
    String digits = word.substring(ATTACKERS.length());
    if (digits.length() > 9) {
      throw new QuestionRefused(new Fault.ConditionTooLarge(word));
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  public boolean isHeldBy(int attackers) {
    return attackers > most;
  }
}
