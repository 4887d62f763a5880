package io.surfacescan.engine;

/// How many VMs a set of classes has, without what stands for addresses outside.
///
/// The sizes of classes are written in binary, and each digit is the set of classes that have it. A
/// set of classes then has as many VMs as its intersections with the digits, each times the value
/// of the digit. Of a digit that few classes have, only the words that are not empty are kept: the
/// VMs together bound how many classes have a high one.
final class ClassWeights {
  /// @param places of the words kept, ascending; empty if all are
  /// @param starts per chunk, the first of its words in `places`; one more element closes the last
  private record Digit(int[] places, int[] starts, long[] bits) {
    int of(long[] words, int chunk) {
      int first = chunk * ClassSet.CHUNK_WORDS;
      return places.length == 0 ? ofAll(words, first) : ofSome(words, first, chunk);
    }

    private int ofAll(long[] words, int first) {
      int end = Math.min(words.length, bits.length - first);
      int count = 0;
      for (int word = 0; word < end; word++) {
        count += Long.bitCount(words[word] & bits[word + first]);
      }
      return count;
    }

    private int ofSome(long[] words, int first, int chunk) {
      int count = 0;
      for (int i = starts[chunk]; i < starts[chunk + 1]; i++) {
        count += Long.bitCount(words[places[i] - first] & bits[i]);
      }
      return count;
    }
  }

  private final Digit[] digits;

  private ClassWeights(Digit[] digits) {
    this.digits = digits;
  }

  static ClassWeights of(AttackGraph graph) {
    int all = 0;
    for (int vmClass = 0; vmClass < graph.classes().size(); vmClass++) {
      all |= graph.counted(vmClass);
    }
    var digits = new Digit[Integer.SIZE - Integer.numberOfLeadingZeros(all)];
    for (int digit = 0; digit < digits.length; digit++) {
      digits[digit] = digit(graph, digit);
    }
    return new ClassWeights(digits);
  }

  private static Digit digit(AttackGraph graph, int digit) {
    int classes = graph.classes().size();
    long[] bits = new long[(classes >>> 6) + 1];
    int count = 0;
    for (int from = 0; from < classes; from += Long.SIZE) {
      long word = 0;
      for (int vmClass = from; vmClass < Math.min(classes, from + Long.SIZE); vmClass++) {
        word |= (graph.counted(vmClass) >>> digit & 1L) << vmClass;
      }
      bits[from >>> 6] = word;
      count += word == 0 ? 0 : 1;
    }
    return count > bits.length / 4 ? new Digit(new int[0], new int[0], bits) : fewOf(bits, count);
  }

  private static Digit fewOf(long[] bits, int count) {
    int[] places = new int[count];
    int[] starts = new int[bits.length / ClassSet.CHUNK_WORDS + 2];
    long[] kept = new long[count];
    int place = 0;
    for (int word = 0; word < bits.length; word++) {
      if (bits[word] != 0) {
        places[place] = word;
        kept[place++] = bits[word];
      }
      starts[word / ClassSet.CHUNK_WORDS + 1] = place;
    }
    return new Digit(places, starts, kept);
  }

  /// The VMs of the classes whose bits are set.
  ///
  /// @param chunk the place of these words, a chunk of a [ClassSet]
  int of(long[] words, int chunk) {
    int vms = 0;
    for (int digit = 0; digit < digits.length; digit++) {
      vms += digits[digit].of(words, chunk) << digit;
    }
    return vms;
  }
}
