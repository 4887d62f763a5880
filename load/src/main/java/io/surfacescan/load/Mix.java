package io.surfacescan.load;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/// How many requests go to each question: `10:1` is ten attack surfaces to one look at the
/// statistics.
record Mix(int attack, int stats) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

  Mix {
    if (attack < 0 || stats < 0 || attack + stats == 0) {
      throw new IllegalArgumentException(attack + ":" + stats + " asks nothing");
    }
  }

  static Mix of(String text) {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a mix of attack to stats such as 10:1");
    }
    return new Mix(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
  }

  Question draw(SplittableRandom random) {
    return random.nextInt(attack + stats) < attack ? Question.ATTACK : Question.STATS;
  }

  @Override
  public String toString() {
    return attack + ":" + stats;
  }
}
