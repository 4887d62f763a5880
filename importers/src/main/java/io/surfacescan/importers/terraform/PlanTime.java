package io.surfacescan.importers.terraform;

/// Which of the two times that a plan tells of. A state tells of one, which is both.
public enum PlanTime {
  BEFORE,
  AFTER
}
