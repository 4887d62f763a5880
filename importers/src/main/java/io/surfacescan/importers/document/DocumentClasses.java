package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.UNUSED_CLASS;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.text.EditDistance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

/// The classes of one document: lists of tags that its VMs may name in place of their own.
///
/// Pieces of a document share them. Those that read the later pieces wait for the reader of the
/// first, which has begun before them and knows the classes near its start.
final class DocumentClasses {
  /// A class with more edits than this is not meant.
  private static final int EDITS_MOST = 2;

  /// As many are compared with an unknown one, and no longer ones.
  private static final int COMPARED_MOST = 10_000;

  private static final int COMPARED_CHARS_MOST = 100;

  /// The tags of some VMs.
  static final class VmClass {
    private final byte[][] tags;
    private final SourceOffset spot;
    private volatile boolean isUsed;

    /// @param tags each once, as UTF-8
    /// @param spot where the class stands
    VmClass(byte[][] tags, SourceOffset spot) {
      this.tags = tags;
      this.spot = spot;
    }

    byte[][] tags() {
      return tags;
    }

    private void use() {
      if (!isUsed) {
        isUsed = true;
      }
    }
  }

  private final Map<String, VmClass> classes = new ConcurrentSkipListMap<>();
  private final CountDownLatch known = new CountDownLatch(1);

  /// Adds a class.
  ///
  /// @return whether its id is new
  boolean add(String id, VmClass some) {
    return classes.putIfAbsent(id, some) == null;
  }

  /// Says that all classes of the document are here, or that nobody reads on.
  void complete() {
    known.countDown();
  }

  boolean isComplete() {
    return known.getCount() == 0;
  }

  /// Waits until the classes of the document are known.
  void await() {
    boolean isInterrupted = false;
    while (true) {
      try {
        known.await();
        break;
      } catch (InterruptedException e) {
        // The reading of the pieces ends by itself.
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The class with this id, which is used now.
  Optional<VmClass> use(String id) {
    var found = Optional.ofNullable(classes.get(id));
    found.ifPresent(VmClass::use);
    return found;
  }

  /// The id of a class that was probably meant.
  Optional<String> near(String id) {
    if (id.length() > COMPARED_CHARS_MOST) {
      return Optional.empty();
    }
    String nearest = "";
    int least = EDITS_MOST + 1;
    int compared = 0;
    for (String known : classes.keySet()) {
      if (++compared > COMPARED_MOST) {
        break;
      }
      boolean isClose = Math.abs(known.length() - id.length()) < least;
      int edits = isClose ? EditDistance.of(known, id) : least;
      if (edits < least) {
        least = edits;
        nearest = known;
      }
    }
    return Optional.of(nearest).filter(name -> !name.isEmpty());
  }

  void warnOfUnused(ProblemLog problems) {
    classes.forEach((id, some) -> {
      if (!some.isUsed) {
        problems.add(
            UNUSED_CLASS,
            "class",
            some.spot,
            () -> "no VM is of the class " + Quoted.value(id),
            "take it out, or correct the class of the VMs that are meant");
      }
    });
  }
}
