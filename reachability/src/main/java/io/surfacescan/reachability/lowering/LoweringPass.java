package io.surfacescan.reachability.lowering;

import io.surfacescan.reachability.Selector;

/// One way through a model: for all that may be allowed, or for what is allowed for sure.
///
/// @param atMost whether what is not known counts as allowed
/// @param check may throw to give up; called once for each list, rule or term
record LoweringPass(ClassSets sets, InterfaceClasses classes, boolean atMost, Runnable check) {
  ClassSet picked(Selector selector) {
    return sets.picked(selector, atMost);
  }
}
