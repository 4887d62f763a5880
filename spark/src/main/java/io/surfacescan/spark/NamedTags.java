package io.surfacescan.spark;

import io.surfacescan.model.Environment;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The tags that rules name, numbered, and the keys of classes made of them.
///
/// A tag that no rule names changes no attack, so VMs that differ in such tags alone are one class.
///
/// A key is a byte of marks, the number of tags and the steps between their ascending numbers, each
/// in groups of seven bits, and the id of a VM that is a class of its own.
final class NamedTags implements Serializable {
  private static final long serialVersionUID = 1;

  /// The VMs stand for addresses outside: they are in no count.
  static final int OUTSIDE = 1;

  /// One VM that is asked for by its id.
  static final int ALONE = 2;

  private final String[] tags;
  private final Map<String, Integer> numbers = new HashMap<>();

  private NamedTags(String[] tags) {
    this.tags = tags;
    for (int tag = 0; tag < tags.length; tag++) {
      numbers.put(tags[tag], tag);
    }
  }

  /// The tags of an environment that has rules only, by their numbers there.
  static NamedTags of(Environment rules) {
    String[] tags = new String[rules.tagCount()];
    Arrays.setAll(tags, rules::tag);
    return new NamedTags(tags);
  }

  int count() {
    return tags.length;
  }

  String tag(int number) {
    return tags[number];
  }

  /// The key of a VM.
  ///
  /// @param marks [#OUTSIDE], [#ALONE], both or 0
  /// @param id kept if the VM is alone
  byte[] key(Iterable<String> carried, int marks, String id) {
    int[] named = new int[8];
    int count = 0;
    for (String tag : carried) {
      Integer number = numbers.get(tag);
      if (number != null) {
        if (count == named.length) {
          named = Arrays.copyOf(named, 2 * count);
        }
        named[count++] = number;
      }
    }
    Arrays.sort(named, 0, count);
    var key = new ByteArrayOutputStream(2 + 2 * count);
    key.write(marks);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || named[i] != named[i - 1]) {
        named[distinct++] = named[i];
      }
    }
    write(key, distinct);
    for (int i = 0; i < distinct; i++) {
      write(key, i == 0 ? named[0] : named[i] - named[i - 1]);
    }
    if ((marks & ALONE) != 0) {
      key.writeBytes(id.getBytes(StandardCharsets.UTF_8));
    }
    return key.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int number) {
    int rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write(rest & 0x7f | 0x80);
    }
    out.write(rest);
  }

  /// What a key says.
  ///
  /// @param tags ascending
  /// @param id empty unless the VM is alone
  record Read(boolean isOutside, boolean isAlone, int[] tags, String id) {
    static Read of(byte[] key) {
      var reader = new Reader(key);
      int marks = key[0];
      int[] tags = new int[reader.next()];
      for (int i = 0; i < tags.length; i++) {
        tags[i] = reader.next() + (i == 0 ? 0 : tags[i - 1]);
      }
      String id = new String(key, reader.at, key.length - reader.at, StandardCharsets.UTF_8);
      return new Read((marks & OUTSIDE) != 0, (marks & ALONE) != 0, tags, id);
    }
  }

  private static final class Reader {
    private final byte[] key;
    private int at = 1;

    Reader(byte[] key) {
      this.key = key;
    }

    int next() {
      int number = 0;
      for (int shift = 0; ; shift += 7) {
        byte group = key[at++];
        number |= (group & 0x7f) << shift;
        if (group >= 0) {
          return number;
        }
      }
    }
  }
}
