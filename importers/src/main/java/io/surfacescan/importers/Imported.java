package io.surfacescan.importers;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Problems;
import java.util.Optional;

/// What came of reading an input.
///
/// @param environment what was understood; to be served only if nothing [Problems#refused] it
/// @param version SHA-256 over the ordered input, 64 lowercase hexadecimal digits: replicas with
///   the same input agree
/// @param locations where the VMs and rules stand, if that was asked for, nothing is refused, and
///   the input is no export: there each rule names the places of the real ones
/// @param export the real environment, if the input is an export of one and nothing is refused
public record Imported(
    Environment environment,
    String version,
    Problems problems,
    Optional<Locations> locations,
    Optional<ImportedExport> export) {}
