package io.surfacescan.questions;

import io.surfacescan.model.EnvironmentDiff;

/// What differs between two environments, and the surfaces that grew or shrank.
///
/// @param before what names the environment before, such as a path or a version
/// @param after what names the one after
/// @param limit the most entries in a list
public record Changes(
    String before, String after, EnvironmentDiff diff, SurfacesChanged surfaces, int limit)
    implements Answer {
  @Override
  public boolean isWhole() {
    return !surfaces.changes().isTruncated();
  }
}
