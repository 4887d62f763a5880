package io.surfacescan.spark;

import io.surfacescan.engine.ClassGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// The numbers of every class, by its key.
///
/// Memory: 25 bytes a class beside its key.
final class ClassResults implements Serializable {
  private static final long serialVersionUID = 1;

  /// What a row has besides the VM.
  static final StructType NUMBERS =
      new StructType()
          .add("attackers", DataTypes.IntegerType, false)
          .add("direct_attackers", DataTypes.IntegerType, false)
          .add("blast_radius", DataTypes.IntegerType, false)
          .add("direct_blast_radius", DataTypes.IntegerType, false)
          .add("on_cycle", DataTypes.BooleanType, false)
          .add("internet", DataTypes.IntegerType)
          .add("hops_to_targets", DataTypes.IntegerType);

  /// The values of a class that no rule names.
  static final Object[] NOTHING = {0, 0, 0, 0, false, null, null};

  private final ClassTable classes;
  private final int[] attackers;
  private final int[] directAttackers;
  private final int[] victims;
  private final int[] directVictims;
  private final boolean[] onCycle;
  private final int[] internet;
  private final int[] toTargets;

  /// @param graph of the classes by their numbers in the table
  /// @param targets numbers of classes
  ClassResults(ClassTable classes, ClassGraph graph, int[] targets) {
    this.classes = classes;
    int size = classes.size();
    attackers = new int[size];
    directAttackers = new int[size];
    victims = new int[size];
    directVictims = new int[size];
    onCycle = new boolean[size];
    var exposures = graph.exposures(Deadline.NONE, Progress.NONE);
    for (int each = 0; each < size; each++) {
      var exposure = exposures.of(each);
      attackers[each] = exposure.attackers();
      directAttackers[each] = exposure.directAttackers();
      victims[each] = exposure.victims();
      directVictims[each] = exposure.directVictims();
      onCycle[each] = exposure.onCycle();
    }
    internet = graph.hopsFromInternet();
    toTargets = graph.hopsTo(targets);
  }

  int size() {
    return classes.size();
  }

  byte[] key(int number) {
    return classes.key(number);
  }

  /// The values of [#NUMBERS] for a VM.
  ///
  /// @throws IllegalStateException if its class is not there: the input was changed meanwhile
  Object[] numbers(byte[] key) {
    int number = classes.find(key);
    if (number < 0) {
      throw new IllegalStateException("a VM was not there when the VMs were grouped");
    }
    return numbers(number);
  }

  Object[] numbers(int number) {
    return new Object[] {
      attackers[number],
      directAttackers[number],
      victims[number],
      directVictims[number],
      onCycle[number],
      internet[number] == 0 ? null : internet[number],
      toTargets[number] == 0 ? null : toTargets[number]
    };
  }

  /// The row of a VM: what it is, and these numbers.
  static Row row(Row vm, Object[] numbers) {
    var values = new Object[4 + numbers.length];
    values[0] = vm.getString(0);
    values[1] = vm.getString(1);
    System.arraycopy(numbers, 0, values, 2, 5);
    values[7] = vm.getString(2);
    values[8] = vm.getString(3);
    System.arraycopy(numbers, 5, values, 9, 2);
    return RowFactory.create(values);
  }
}
