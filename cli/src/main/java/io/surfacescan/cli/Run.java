package io.surfacescan.cli;

/// What all verbs of one run share.
///
/// @param out standard output, unbuffered
record Run(Surroundings around, Manners manners, Messages messages, StandardOutput out) {}
