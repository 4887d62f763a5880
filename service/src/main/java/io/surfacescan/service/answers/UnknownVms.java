package io.surfacescan.service.answers;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Nearest;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Resolution.Ambiguous;
import io.surfacescan.questions.arguments.Resolution.Found;
import io.surfacescan.questions.arguments.Resolution.Unknown;
import io.surfacescan.report.status.Alternatives;
import io.surfacescan.report.status.Alternatives.NamedVm;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Refuses what names no VM, with what was probably meant, and what names several.
public class UnknownVms {
  /// For each of the two searches, in ids and in names.
  private static final long SEARCH_NANOS_MOST = TimeUnit.MICROSECONDS.toNanos(2_500);

  /// One search for nearest ids at a time: a flood of unknown ids must not take the processors from
  /// those who know what they ask for.
  private final Semaphore searching = new Semaphore(1);

  /// The refusal for what was not found.
  Refusal refusal(Environment environment, Resolution resolution) {
    return switch (resolution) {
      case Found found -> throw new IllegalArgumentException(found.toString());
      case Ambiguous(var kind, String text, var candidates, boolean more) ->
          new Refusal(
                  kind == Resolution.Kind.ADDRESS
                      ? Refusal.Kind.AMBIGUOUS_ADDRESS
                      : Refusal.Kind.AMBIGUOUS_NAME,
                  (more ? "More than " : "")
                      + candidates.size()
                      + (kind == Resolution.Kind.ADDRESS
                          ? " VMs have the address "
                          : " VMs have the name ")
                      + Query.shown(text)
                      + "; ask by the id of one of them.")
              .withAlternatives(Alternatives.candidates(NamedVm.of(environment, candidates)));
      case Unknown unknown -> refusal(environment, unknown);
    };
  }

  /// Takes up to 5 ms; without alternatives if a search is under way already.
  private Refusal refusal(Environment environment, Unknown unknown) {
    var refusal =
        switch (unknown.kind()) {
          case ID -> unknownVm("id", unknown.text(), "ids are exact.");
          case NAME -> unknownVm("name", unknown.text(), "names are exact.");
          case ID_OR_NAME -> unknownVm("id or name", unknown.text(), "both are exact.");
          case ADDRESS ->
              unknownVm("id or address", unknown.text(), "no addresses outside hold it.");
          case TAG ->
              new Refusal(
                  Refusal.Kind.UNKNOWN_TAG,
                  "No VM carries the tag " + Query.shown(unknown.text()) + "; tags are exact.");
        };
    if (!searching.tryAcquire()) {
      return refusal;
    }
    try {
      return refusal.withAlternatives(alternatives(environment, unknown));
    } finally {
      searching.release();
    }
  }

  private static Refusal unknownVm(String what, String text, String hint) {
    return new Refusal(
        Refusal.Kind.UNKNOWN_VM, "No VM has the " + what + " " + Query.shown(text) + "; " + hint);
  }

  private static Alternatives alternatives(Environment environment, Unknown unknown) {
    return switch (unknown.kind()) {
      case ID, NAME, ID_OR_NAME, ADDRESS ->
          Alternatives.nearest(
              NamedVm.of(environment, Nearest.vms(environment, unknown.text(), UnknownVms::limit)));
      case TAG -> Alternatives.nearestTags(Nearest.tags(environment, unknown.text(), limit()));
    };
  }

  private static BooleanSupplier limit() {
    long end = System.nanoTime() + SEARCH_NANOS_MOST;
    return () -> System.nanoTime() - end < 0;
  }
}
