package io.surfacescan.importers.terraform;

import java.util.Optional;

/// How plans and states are read.
///
/// @param time which of a plan's two times
/// @param written gets the resources, to find them in the files that they were made from
public record PlanReading(PlanTime time, Optional<SourcePlaces> written) {}
