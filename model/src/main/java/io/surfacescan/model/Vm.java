package io.surfacescan.model;

import java.util.List;
import java.util.Optional;

/// A virtual machine, as a view on an [Environment].
///
/// @param tags without duplicates, in the order in which the input first names them
public record Vm(String id, Optional<String> name, List<String> tags) {
  public Vm {
    tags = List.copyOf(tags);
  }
}
