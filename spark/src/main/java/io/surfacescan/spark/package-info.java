/// The job for fleets beyond one machine, on Apache Spark: the answers of `surfacescan report`, row
/// by row.
///
/// VMs are read side by side by the rules of the importer ([VmLines], [ParquetVms]), and each gets
/// a key: its tags among those that rules name ([NamedTags]). VMs with one key are a class. The
/// driver collects the classes with their sizes, compiles them once
/// ([io.surfacescan.engine.AttackGraph#ofClasses]), and sends each class's numbers back to the rows
/// ([ReportJob]).
///
/// A task gives the same rows however often it runs: nothing is counted in accumulators, and
/// outputs are committed by Spark.
@NullMarked
package io.surfacescan.spark;

import org.jspecify.annotations.NullMarked;
