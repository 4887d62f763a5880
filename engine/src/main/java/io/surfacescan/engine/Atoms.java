package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.IntLists;
import java.util.Arrays;

/// Classes whose roles of one side, source or destination, lie in the same components: the sets of
/// components, numbered, and the set of each class.
///
/// VMs of one *in-atom* (destination roles) share one attack surface but for leaving themselves
/// out. VMs of one *out-atom* (source roles) appear in the same surfaces.
///
/// @param components per atom, its components in ascending order, without repeats
/// @param ofClass per class, its atom
record Atoms(IntLists components, int[] ofClass) {
  /// Hands the columns over, under names that start with this one.
  void write(ColumnSink sink, String name) {
    components.write(sink, name);
    sink.ints(name + ".of-class", ofClass);
  }

  /// What [#write] handed over.
  static Atoms read(ColumnSource source, String name) {
    return new Atoms(IntLists.read(source, name), source.ints(name + ".of-class"));
  }

  /// @param nodeOfTag per tag, the node of the role meant, or [RoleGraph#NO_NODE]
  static Atoms of(IntLists classes, int[] nodeOfTag, Components components) {
    var atoms = new IntLists.Builder();
    int[] ofClass = new int[classes.size()];
    int[] scratch = {};
    for (int vmClass = 0; vmClass < ofClass.length; vmClass++) {
      if (scratch.length < classes.length(vmClass)) {
        scratch = new int[classes.length(vmClass)];
      }
      int length = 0;
      for (int i = classes.start(vmClass); i < classes.end(vmClass); i++) {
        int node = nodeOfTag[classes.value(i)];
        if (node != RoleGraph.NO_NODE) {
          scratch[length++] = components.ofNode()[node];
        }
      }
      ofClass[vmClass] = atoms.intern(scratch, 0, sortedDistinct(scratch, length));
    }
    return new Atoms(atoms.build(), ofClass);
  }

  private static int sortedDistinct(int[] values, int length) {
    Arrays.sort(values, 0, length);
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (kept == 0 || values[kept - 1] != values[i]) {
        values[kept++] = values[i];
      }
    }
    return kept;
  }

  int size() {
    return components.size();
  }

  /// The atoms in the order of their first component, those without any last, ties as they are.
  int[] byFirstComponent(int componentCount) {
    int[] keys = new int[size()];
    for (int atom = 0; atom < keys.length; atom++) {
      keys[atom] =
          components.length(atom) == 0 ? componentCount : components.value(components.start(atom));
    }
    return CountingSort.order(keys, componentCount + 1);
  }

  /// Per component, the atoms that hold it, ascending: all of them, not only those that it is the
  /// first of.
  Adjacency holding(int componentCount) {
    var builder = new Adjacency.Builder(componentCount);
    for (int i = 0; i < components.valueCount(); i++) {
      builder.announce(components.value(i));
    }
    builder.startAdding();
    for (int atom = 0; atom < size(); atom++) {
      for (int i = components.start(atom); i < components.end(atom); i++) {
        builder.add(components.value(i), atom);
      }
    }
    return builder.build();
  }

  /// The same atoms under other numbers, for classes under other numbers.
  ///
  /// @param atomOrder the present number of each atom, in the order of the new numbers
  /// @param classOrder the present number of each class, in the order of the new numbers
  Atoms renumbered(int[] atomOrder, int[] classOrder) {
    int[] numberOfAtom = CountingSort.inverse(atomOrder);
    int[] renumbered = new int[classOrder.length];
    Arrays.setAll(renumbered, vmClass -> numberOfAtom[ofClass[classOrder[vmClass]]]);
    return new Atoms(components.permuted(atomOrder), renumbered);
  }
}
