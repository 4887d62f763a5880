package io.surfacescan.service;

import java.util.Set;

/// Somebody who has shown who they are.
record Caller(String name, Set<AccessScope> scopes) {
  Caller {
    scopes = Set.copyOf(scopes);
  }
}
