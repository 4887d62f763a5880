package io.surfacescan.model;

import java.util.Arrays;
import java.util.OptionalInt;

/// Distinct texts and the way back from a text to its index: open addressing with linear probing.
public final class TextIndex {
  private static final int FREE = -1;

  private final Texts texts;
  private final int[] slots;

  private TextIndex(Texts texts, int[] slots) {
    this.texts = texts;
    this.slots = slots;
  }

  public Texts texts() {
    return texts;
  }

  public int size() {
    return texts.size();
  }

  public String get(int index) {
    return texts.get(index);
  }

  /// The index of the text, if it is here. Text with a lone surrogate never is.
  public OptionalInt find(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return OptionalInt.empty();
        }
        i++;
      }
    }
    byte[] bytes = Utf8.encode(text);
    int mask = slots.length - 1;
    for (int slot = Utf8.hash(bytes, 0, bytes.length) & mask; ; slot = (slot + 1) & mask) {
      int index = slots[slot];
      if (index == FREE) {
        return OptionalInt.empty();
      }
      if (texts.equals(index, bytes, 0, bytes.length)) {
        return OptionalInt.of(index);
      }
    }
  }

  /// Numbers distinct texts in the order in which they first come.
  static final class Builder {
    private final Texts.Builder texts = new Texts.Builder();
    private int[] slots = filled(64);

    int size() {
      return texts.size();
    }

    String get(int index) {
      return texts.get(index);
    }

    /// The new index of a text not seen before, or the complement (`~index`, negative) of the index
    /// it has.
    int add(byte[] bytes, int from, int length) {
      int mask = slots.length - 1;
      int slot = Utf8.hash(bytes, from, length) & mask;
      for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
        if (texts.equals(slots[slot], bytes, from, length)) {
          return ~slots[slot];
        }
      }
      int index = texts.add(bytes, from, length);
      slots[slot] = index;
      if (index >= slots.length / 4 * 3) {
        rehash();
      }
      return index;
    }

    /// The index of the text, added if it is new.
    int intern(byte[] bytes, int from, int length) {
      int index = add(bytes, from, length);
      return index < 0 ? ~index : index;
    }

    /// Ends this builder: it must not be used any more.
    TextIndex build() {
      return new TextIndex(texts.build(), slots);
    }

    private void rehash() {
      int[] wider = filled(slots.length * 2);
      int mask = wider.length - 1;
      for (int index = 0; index < texts.size(); index++) {
        int slot = texts.hash(index) & mask;
        while (wider[slot] != FREE) {
          slot = (slot + 1) & mask;
        }
        wider[slot] = index;
      }
      slots = wider;
    }

    private static int[] filled(int length) {
      int[] slots = new int[length];
      Arrays.fill(slots, FREE);
      return slots;
    }
  }
}
