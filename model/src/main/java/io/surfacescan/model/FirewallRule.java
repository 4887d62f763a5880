package io.surfacescan.model;

import java.util.Optional;

/// Lets every VM that carries the source tag talk to every other VM that carries the destination
/// tag.
///
/// @param id empty if the input gave none; not always unique
public record FirewallRule(Optional<String> id, String sourceTag, String destTag) {}
