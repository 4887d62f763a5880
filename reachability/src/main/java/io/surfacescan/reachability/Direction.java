package io.surfacescan.reachability;

/// Which way a packet crosses a gate, seen from what the gate guards.
public enum Direction {
  INGRESS,
  EGRESS
}
