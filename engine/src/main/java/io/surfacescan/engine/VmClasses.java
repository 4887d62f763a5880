package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// VMs with the same set of live tags, those that some live rule starts or ends at, form one class.
///
/// @param tags per class, its live tags in ascending order
/// @param classOfList per tag list of the environment, its class
record VmClasses(IntLists tags, int[] classOfList) {
  void write(ColumnSink sink) {
    tags.write(sink, "class.tags");
    sink.ints("class.of-list", classOfList);
  }

  static VmClasses read(ColumnSource source) {
    return new VmClasses(IntLists.read(source, "class.tags"), source.ints("class.of-list"));
  }

  static VmClasses of(Environment environment, LiveRules rules) {
    var lists = environment.tagLists();
    var classes = new IntLists.Builder();
    int[] classOfList = new int[lists.size()];
    int[] scratch = {};
    for (int list = 0; list < lists.size(); list++) {
      if (scratch.length < lists.length(list)) {
        scratch = new int[lists.length(list)];
      }
      int live = 0;
      for (int i = lists.start(list); i < lists.end(list); i++) {
        int tag = lists.value(i);
        if (rules.startsAt(tag) || rules.endsAt(tag)) {
          scratch[live++] = tag;
        }
      }
      Arrays.sort(scratch, 0, live);
      classOfList[list] = classes.intern(scratch, 0, live);
    }
    return new VmClasses(classes.build(), classOfList);
  }

  int size() {
    return tags.size();
  }

  /// Whether the class holds the tag. Cost: a binary search in its tags.
  boolean holds(int vmClass, int tag) {
    int low = tags.start(vmClass);
    int high = tags.end(vmClass) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int value = tags.value(middle);
      if (value == tag) {
        return true;
      }
      if (value < tag) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /// The same classes under other numbers.
  ///
  /// @param order the present number of each class, in the order of the new numbers
  VmClasses renumbered(int[] order) {
    int[] renumbered = CountingSort.inverse(order);
    return new VmClasses(
        tags.permuted(order), Arrays.stream(classOfList).map(c -> renumbered[c]).toArray());
  }

  /// Per tag below the bound, the classes that hold it, ascending.
  Adjacency classesPerTag(int tagCount) {
    var builder = new Adjacency.Builder(tagCount);
    for (int i = 0; i < tags.valueCount(); i++) {
      builder.announce(tags.value(i));
    }
    builder.startAdding();
    for (int vmClass = 0; vmClass < tags.size(); vmClass++) {
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        builder.add(tags.value(i), vmClass);
      }
    }
    return builder.build();
  }
}
