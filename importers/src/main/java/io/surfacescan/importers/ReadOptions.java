package io.surfacescan.importers;

import io.surfacescan.importers.terraform.PlanTime;
import java.nio.file.Path;
import java.util.Optional;

/// How an input is read.
///
/// @param ignoreUnknownKeys whether keys that would change what a VM or a rule means are warned of
///   like other unknown keys, rather than refused
/// @param keepLocations whether [Imported#locations] are kept, for 8 bytes a VM and a rule and one
///   more pass over the input
/// @param format of all sources; if empty, each source's content tells
/// @param time which of the two times of a plan is read
/// @param laysPlans whether plans are laid over the export beside them
/// @param terraformSource the folder of the files that a plan or a state of Terraform was made from
public record ReadOptions(
    boolean ignoreUnknownKeys,
    boolean keepLocations,
    Optional<InputFormat> format,
    PlanTime time,
    boolean laysPlans,
    Optional<Path> terraformSource) {
  public static final ReadOptions STRICT = new ReadOptions(false);

  /// Without locations.
  public ReadOptions(boolean ignoreUnknownKeys) {
    this(ignoreUnknownKeys, false, Optional.empty(), PlanTime.AFTER, false, Optional.empty());
  }

  /// The same with locations.
  public ReadOptions withLocations() {
    return new ReadOptions(ignoreUnknownKeys, true, format, time, laysPlans, terraformSource);
  }

  /// The same for sources of this format alone.
  public ReadOptions withFormat(InputFormat only) {
    return new ReadOptions(
        ignoreUnknownKeys, keepLocations, Optional.of(only), time, laysPlans, terraformSource);
  }

  /// The same for another time of plans.
  public ReadOptions at(PlanTime other) {
    return new ReadOptions(
        ignoreUnknownKeys, keepLocations, format, other, laysPlans, terraformSource);
  }

  /// The same with plans laid over the export beside them.
  public ReadOptions layingPlans() {
    return new ReadOptions(ignoreUnknownKeys, keepLocations, format, time, true, terraformSource);
  }

  /// The same with rules of Terraform where they are written.
  public ReadOptions withTerraformSource(Path folder) {
    return new ReadOptions(
        ignoreUnknownKeys, keepLocations, format, time, laysPlans, Optional.of(folder));
  }
}
