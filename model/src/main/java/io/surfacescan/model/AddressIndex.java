package io.surfacescan.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/// The way from an IP address to the VMs that are known by it: open addressing with linear probing
/// over single addresses, with a chain of the VMs of one address, and a list of the ranges.
/// Immutable. What is neither an address nor a range is passed over.
///
/// Cost: 32 to 40 bytes an address, and one pass over them to build.
final class AddressIndex {
  private static final int NONE = -1;

  /// A range that a VM is known by.
  private record Known(AddressRange range, int vm) {}

  /// Per single address, its two halves and its VM.
  private final long[] highs;

  private final long[] lows;
  private final int[] vms;

  /// The addresses of the later family.
  private final BitSet v6;

  /// Per slot, the first entry with some address, in input order, or [#NONE].
  private final int[] first;

  /// Per entry, the next one with the same address, or [#NONE].
  private final int[] next;

  private final List<Known> ranges;

  private AddressIndex(Builder entries) {
    highs = Arrays.copyOf(entries.highs, entries.count);
    lows = Arrays.copyOf(entries.lows, entries.count);
    vms = Growth.trimmed(entries.vms, entries.count);
    v6 = entries.v6;
    ranges = List.copyOf(entries.ranges);
    first = new int[Math.max(64, 4 * Integer.highestOneBit(Math.max(1, vms.length)))];
    next = new int[vms.length];
    Arrays.fill(first, NONE);
    // Backwards, so that each chain is in input order.
    for (int entry = vms.length - 1; entry >= 0; entry--) {
      int slot = slot(v6.get(entry), highs[entry], lows[entry]);
      next[entry] = first[slot];
      first[slot] = entry;
    }
  }

  /// @param addresses per VM, its addresses and ranges with spaces between them
  static AddressIndex of(Texts addresses) {
    var entries = new Builder();
    for (int vm = 0; vm < addresses.size(); vm++) {
      byte[] utf8 = addresses.segment(vm);
      int end = addresses.end(vm);
      for (int start = addresses.start(vm); start < end; start++) {
        int stop = start;
        while (stop < end && utf8[stop] != ' ') {
          stop++;
        }
        entries.add(utf8, start, stop, vm);
        start = stop;
      }
    }
    return new AddressIndex(entries);
  }

  /// The slot of an address, or the free one where it would stand.
  private int slot(boolean isV6, long high, long low) {
    int mask = first.length - 1;
    long mixed = (high * 0x9E3779B97F4A7C15L ^ low) * 0xC2B2AE3D27D4EB4FL;
    int slot = (int) (mixed >>> 32) & mask;
    while (first[slot] != NONE && !isAt(first[slot], isV6, high, low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int entry, boolean isV6, long high, long low) {
    return lows[entry] == low && highs[entry] == high && v6.get(entry) == isV6;
  }

  /// The VMs among some that are known by an address, else by the narrowest range that holds it, in
  /// input order, at most `most` of them.
  int[] find(AddressRange address, IntPredicate among, int most) {
    var found = new Found(most);
    int entry = first[slot(address.isV6(), address.firstHigh(), address.firstLow())];
    for (; entry != NONE && !found.isFull(); entry = next[entry]) {
      if (among.test(vms[entry])) {
        found.add(vms[entry]);
      }
    }
    if (found.count > 0) {
      return found.vms();
    }
    AddressRange narrowest = address.isV6() ? AddressRange.ALL_V6 : AddressRange.ALL_V4;
    for (var known : ranges) {
      if (known.range.contains(address) && among.test(known.vm)) {
        int size = known.range.compareSize(narrowest);
        if (size < 0) {
          narrowest = known.range;
          found = new Found(most);
        }
        if (size <= 0 && !found.isFull()) {
          found.add(known.vm);
        }
      }
    }
    return found.vms();
  }

  /// VMs in ascending order, each once.
  private static final class Found {
    private final int most;
    private int[] vms = new int[4];
    private int count;

    Found(int most) {
      this.most = most;
    }

    boolean isFull() {
      return count == most;
    }

    void add(int vm) {
      if (count == 0 || vms[count - 1] != vm) {
        vms = Growth.room(vms, count + 1);
        vms[count++] = vm;
      }
    }

    int[] vms() {
      return Arrays.copyOf(vms, count);
    }
  }

  /// Collects what VMs are known by.
  private static final class Builder {
    private static final int V4_PARTS = 4;
    private static final int PART_MOST = 255;
    private static final int PART_DIGITS_MOST = 3;

    private long[] highs = new long[16];
    private long[] lows = new long[16];
    private int[] vms = new int[16];
    private int count;
    private final BitSet v6 = new BitSet();
    private final List<Known> ranges = new ArrayList<>();

    void add(byte[] utf8, int start, int stop, int vm) {
      long plain = v4(utf8, start, stop);
      if (plain >= 0) {
        addOne(false, 0, plain, vm);
        return;
      }
      AddressRange.parse(new String(utf8, start, stop - start, StandardCharsets.UTF_8))
          .ifPresent(range -> {
            if (range.isOne()) {
              addOne(range.isV6(), range.firstHigh(), range.firstLow(), vm);
            } else {
              ranges.add(new Known(range, vm));
            }
          });
    }

    private void addOne(boolean isV6, long high, long low, int vm) {
      if (count == vms.length) {
        highs = Arrays.copyOf(highs, 2 * count);
        lows = Arrays.copyOf(lows, 2 * count);
        vms = Arrays.copyOf(vms, 2 * count);
      }
      v6.set(count, isV6);
      highs[count] = high;
      lows[count] = low;
      vms[count++] = vm;
    }

    /// The address in four decimal parts, or -1: most are of this kind, and there may be millions.
    private static long v4(byte[] utf8, int start, int stop) {
      long value = 0;
      int part = 0;
      int digits = 0;
      int parts = 1;
      for (int at = start; at < stop; at++) {
        int digit = utf8[at] - '0';
        if (digit >= 0 && digit <= 9 && digits < PART_DIGITS_MOST) {
          part = 10 * part + digit;
          digits++;
        } else if (utf8[at] == '.' && digits > 0 && part <= PART_MOST && parts < V4_PARTS) {
          value = value << 8 | part;
          part = 0;
          digits = 0;
          parts++;
        } else {
          return -1;
        }
      }
      return parts == V4_PARTS && digits > 0 && part <= PART_MOST ? value << 8 | part : -1;
    }
  }
}
