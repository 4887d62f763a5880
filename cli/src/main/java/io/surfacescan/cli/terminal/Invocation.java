package io.surfacescan.cli.terminal;

/// What all verbs of one run share.
///
/// @param out standard output, unbuffered
public record Invocation(
    ProcessContext around, GlobalOptions manners, Messages messages, StandardOutput out) {}
