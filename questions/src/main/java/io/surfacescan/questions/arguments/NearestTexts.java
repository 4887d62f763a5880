package io.surfacescan.questions.arguments;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.surfacescan.model.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// The texts of a column that an unknown text was probably meant to be: at most [#MOST], nearest
/// first.
///
/// Nearness is the number of code points inserted, deleted, replaced or swapped with their
/// neighbour (optimal string alignment: Damerau 1964, Wagner and Fischer 1974), with letter case
/// counting next to nothing. In a large column with an index the texts one such edit away come
/// first; they are looked up, so that a typing error is found among ten million ids as fast as
/// among ten; then the texts are walked in input order for as long as the caller lets it, each
/// given up where it can no longer be near. Texts that are the unknown one behind a `/` are
/// nearest: exports of several accounts or clusters put that before ids. So are those that are the
/// unknown one before a `[`, as the kind of a workload stands. Empty texts are never near.
final class NearestTexts {
  static final int MOST = 5;

  /// Longer texts are compared by their first code points only.
  private static final int LONGEST_COMPARED = 256;

  /// So many texts are walked sooner than all texts one edit away are looked up.
  private static final int WALKED_AT_ONCE = 2_000;

  /// How many texts are walked between two looks at the clock.
  private static final int STRIDE = 64;

  /// The characters of nearly all ids in the clouds, tried where one is missing or wrong.
  private static final String COMMON = "abcdefghijklmnopqrstuvwxyz0123456789-_./:";

  /// The distance of one edit; letters that differ in case only are 1 apart.
  private static final int EDIT = 16;

  /// The distance of a text that is the unknown one behind a `/`.
  private static final int SCOPED = 1;

  /// A text of the column.
  ///
  /// @param index its place in the column
  record Near(int index, int distance) {}

  private final Texts texts;
  private final int[] asked;
  private final byte[] scoped;
  private final byte[] ofKind;
  private final List<Near> found = new ArrayList<>();

  /// The text being compared, and three rows of the table of distances.
  private final int[] compared = new int[LONGEST_COMPARED];

  private final int[][] rows = new int[3][LONGEST_COMPARED + 1];

  /// The largest distance that is still near.
  private int farthest;

  private NearestTexts(Texts texts, String text) {
    this.texts = texts;
    this.scoped = ("/" + text).getBytes(UTF_8);
    this.ofKind = (text + "[").getBytes(UTF_8);
    this.asked = text.codePoints().limit(LONGEST_COMPARED).toArray();
    this.farthest = EDIT * Math.clamp(asked.length / 3, 1, 4);
  }

  /// Searches until every text was looked at or the caller says stop.
  ///
  /// @param index the way from a text to its place, if there is one
  /// @param goOn asked now and then; the answer false ends the search with what was found so far
  static List<Near> of(
      Texts texts,
      String text,
      Optional<Function<String, OptionalInt>> index,
      BooleanSupplier goOn) {
    var search = new NearestTexts(texts, text);
    if (index.isPresent() && texts.size() > WALKED_AT_ONCE) {
      search.lookUpOneEditAway(index.get(), goOn);
    }
    search.walk(goOn);
    return List.copyOf(search.found);
  }

  private void lookUpOneEditAway(Function<String, OptionalInt> index, BooleanSupplier goOn) {
    int[] alphabet = (COMMON + COMMON.toUpperCase(Locale.ROOT)).codePoints().distinct().toArray();
    for (int at = 0; at <= asked.length && goOn.getAsBoolean(); at++) {
      for (int character : alphabet) {
        lookUp(index, at, 0, character);
        lookUp(index, at, 1, character);
      }
      if (at < asked.length) {
        consider(index, text(0, at) + text(at + 1, asked.length));
      }
      if (at + 1 < asked.length) {
        consider(
            index,
            text(0, at) + text(at + 1, at + 2) + text(at, at + 1) + text(at + 2, asked.length));
      }
    }
  }

  private void lookUp(Function<String, OptionalInt> index, int at, int replaced, int character) {
    if (at + replaced <= asked.length) {
      consider(
          index, text(0, at) + Character.toString(character) + text(at + replaced, asked.length));
    }
  }

  private void consider(Function<String, OptionalInt> index, String text) {
    index.apply(text).ifPresent(this::consider);
  }

  private String text(int from, int to) {
    return new String(asked, from, to - from);
  }

  private void walk(BooleanSupplier goOn) {
    for (int text = 0; text < texts.size(); text++) {
      if (text % STRIDE == 0 && !goOn.getAsBoolean()) {
        return;
      }
      int bytes = texts.end(text) - texts.start(text);
      if (isScoped(text, bytes) || isOfKind(text, bytes)) {
        add(text, SCOPED);
        continue;
      }
      // A code point is at most four bytes, and an edit changes the length by one code point.
      if (bytes > 0
          && bytes >= asked.length - farthest / EDIT
          && bytes <= 4 * (asked.length + farthest / EDIT)) {
        consider(text);
      }
    }
  }

  private void consider(int text) {
    for (var near : found) {
      if (near.index() == text) {
        return;
      }
    }
    int distance = distance(asked, asked.length, compared, decode(text), farthest, rows);
    if (distance <= farthest) {
      add(text, distance);
    }
  }

  private boolean isScoped(int text, int bytes) {
    int end = texts.end(text);
    return bytes > scoped.length
        && Arrays.equals(texts.segment(text), end - scoped.length, end, scoped, 0, scoped.length);
  }

  private boolean isOfKind(int text, int bytes) {
    int start = texts.start(text);
    return bytes > ofKind.length
        && Arrays.equals(
            texts.segment(text), start, start + ofKind.length, ofKind, 0, ofKind.length);
  }

  private void add(int text, int distance) {
    int place = 0;
    while (place < found.size() && before(found.get(place), text, distance)) {
      place++;
    }
    found.add(place, new Near(text, distance));
    if (found.size() > MOST) {
      found.removeLast();
    }
    if (found.size() == MOST) {
      farthest = found.getLast().distance();
    }
  }

  /// Fills [#compared] with the first code points of a text and returns how many they are. The
  /// bytes are valid UTF-8.
  private int decode(int text) {
    byte[] utf8 = texts.segment(text);
    int end = texts.end(text);
    int length = 0;
    for (int at = texts.start(text); at < end && length < compared.length; length++) {
      int lead = utf8[at++];
      if (lead >= 0) {
        compared[length] = lead;
      } else {
        int more = lead < (byte) 0xE0 ? 1 : lead < (byte) 0xF0 ? 2 : 3;
        int codePoint = lead & (0x3F >> more);
        for (int i = 0; i < more; i++) {
          codePoint = (codePoint << 6) | (utf8[at++] & 0x3F);
        }
        compared[length] = codePoint;
      }
    }
    return length;
  }

  /// Equally near texts stand in input order, however they were found.
  private static boolean before(Near near, int text, int distance) {
    return near.distance() < distance || (near.distance() == distance && near.index() < text);
  }

  /// The distance of two texts, exactly if at most `most`, else anything above it.
  ///
  /// Only a band around the diagonal can hold so small a distance; what lies beside it counts as
  /// too far.
  static int distance(
      int[] left, int leftLength, int[] right, int rightLength, int most, int[][] rows) {
    int band = most / EDIT;
    if (Math.abs(leftLength - rightLength) > band) {
      return most + 1;
    }
    int[] beforeLast = rows[0];
    int[] last = rows[1];
    int[] row = rows[2];
    for (int j = 0; j <= Math.min(rightLength, band + 1); j++) {
      row[j] = EDIT * j;
    }
    for (int i = 1; i <= leftLength; i++) {
      int[] reused = beforeLast;
      beforeLast = last;
      last = row;
      row = reused;
      int from = Math.max(1, i - band);
      int to = Math.min(rightLength, i + band);
      row[from - 1] = from == 1 ? EDIT * i : most + 1;
      int least = row[from - 1];
      for (int j = from; j <= to; j++) {
        int best = last[j - 1] + replacement(left[i - 1], right[j - 1]);
        best = Math.min(best, Math.min(row[j - 1], last[j]) + EDIT);
        if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
          best = Math.min(best, beforeLast[j - 2] + EDIT);
        }
        row[j] = best;
        least = Math.min(least, best);
      }
      if (to < rightLength) {
        row[to + 1] = most + 1;
      }
      // A swap reaches back two rows, so that one row beyond the bound does not yet end it.
      if (least > most + EDIT) {
        return most + 1;
      }
    }
    return row[rightLength];
  }

  private static int replacement(int left, int right) {
    if (left == right) {
      return 0;
    }
    return Character.toLowerCase(left) == Character.toLowerCase(right) ? 1 : EDIT;
  }
}
