package io.surfacescan.model;

import java.util.Optional;

/// A real rule that a rule of an [Environment] comes from.
///
/// @param id the real rule's, as its source has it, such as `sgr-1` or `netpol/prod/allow-web`
/// @param gate what it is a rule of, in words, such as `ingress policy`
/// @param place where it stands
/// @param text what it says, in words
public record Origin(String id, String gate, Optional<Place> place, String text) {}
