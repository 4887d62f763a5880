package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.reachability.lowering.Lowering;
import org.junit.jupiter.api.Test;

/// What a service keeps of an export beside the environment: the real environment, by which
/// `explain` and edits of real rules go.
class ModelFootprintTest {
  private static final int ENDPOINTS = 10_000;
  private static final int BYTES_MOST = 450;

  @Test
  void realEnvironment_takesFewBytesForEachEndpointWithItsRules() {
    var lowered = Lowering.of(RandomFleets.of(1, ENDPOINTS));
    long environment = Footprint.bytesOf(lowered.environment());
    long both = Footprint.bytesOf(lowered.environment(), lowered);
    long each = (both - environment) / ENDPOINTS;
    assertThat(each).isBetween(50L, (long) BYTES_MOST);
  }
}
