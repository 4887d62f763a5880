package io.surfacescan.service.exchange;

import java.util.Set;

/// Somebody who has shown who they are.
public record Caller(String name, Set<AccessScope> scopes) {
  public Caller {
    scopes = Set.copyOf(scopes);
  }
}
