package io.surfacescan.importers;

import io.surfacescan.reachability.lowering.Lowered;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The real environment that an input was an export of, before it was lowered.
///
/// @param format whose export it is
/// @param lowered the real environment and the way back to it from the VMs
/// @param scopes what was read, such as accounts and namespaces, with the number of VMs of each:
///   one that is missing here was forgotten
/// @param counts how many resources of each kind were read
/// @param leftOut how many resources of each other kind were not, with the reason in its words
public record ImportedExport(
    InputFormat format,
    Lowered lowered,
    SortedMap<String, Long> scopes,
    SortedMap<String, Long> counts,
    SortedMap<String, Long> leftOut) {
  public ImportedExport {
    scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }
}
