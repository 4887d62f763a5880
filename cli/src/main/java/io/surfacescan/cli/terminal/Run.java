package io.surfacescan.cli.terminal;

/// What all verbs of one run share.
///
/// @param out standard output, unbuffered
public record Run(Surroundings around, Manners manners, Messages messages, StandardOutput out) {}
