package io.surfacescan.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// What all verbs of one run share.
///
/// @param out standard output, unbuffered
/// @param endings what is left to do when the answer is out, in this order
public record Invocation(
    ProcessContext around,
    GlobalOptions manners,
    Messages messages,
    StandardOutput out,
    List<Runnable> endings) {
  public Invocation(
      ProcessContext around, GlobalOptions manners, Messages messages, StandardOutput out) {
    this(around, manners, messages, out, new ArrayList<>());
  }

  /// Has something done when the answer is out.
  public void atEnd(Runnable ending) {
    endings.add(ending);
  }

  /// Does what is left to do.
  public void end() {
    endings.forEach(Runnable::run);
    endings.clear();
  }
}
