package io.surfacescan.engine;

import java.util.Arrays;

/// How many VMs a set of classes has, without what stands for addresses outside.
///
/// The sizes of classes are written in binary, and each digit is the set of classes that have it. A
/// set of classes then has as many VMs as its intersections with the digits, each times the value
/// of the digit. Of a digit only the words that are not empty are kept: the VMs together bound how
/// many classes have a high one.
final class ClassWeights {
  private record Digit(int[] places, long[] bits) {}

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
    int[] places = new int[(classes >>> 6) + 1];
    long[] bits = new long[places.length];
    int count = 0;
    for (int from = 0; from < classes; from += Long.SIZE) {
      long word = 0;
      for (int vmClass = from; vmClass < Math.min(classes, from + Long.SIZE); vmClass++) {
        word |= (graph.counted(vmClass) >>> digit & 1L) << vmClass;
      }
      if (word != 0) {
        places[count] = from >>> 6;
        bits[count++] = word;
      }
    }
    return new Digit(Arrays.copyOf(places, count), Arrays.copyOf(bits, count));
  }

  /// The VMs of the classes whose bits are set.
  int of(long[] classes) {
    int vms = 0;
    for (int digit = 0; digit < digits.length; digit++) {
      int[] places = digits[digit].places;
      long[] bits = digits[digit].bits;
      int count = 0;
      for (int i = 0; i < places.length; i++) {
        count += Long.bitCount(classes[places[i]] & bits[i]);
      }
      vms += count << digit;
    }
    return vms;
  }
}
