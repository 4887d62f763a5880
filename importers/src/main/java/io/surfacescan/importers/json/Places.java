package io.surfacescan.importers.json;

import io.surfacescan.model.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/// Lines and columns of offsets.
///
/// Nobody counts lines while a document is read, since hardly any is ever asked for. When there are
/// problems to show, one pass over each of their documents finds all their places.
public final class Places {
  private final List<Source> sources;
  private final Abandonment abandonment;
  private final Map<SourceOffset, Place> found = new HashMap<>();

  private Places(List<Source> sources, Abandonment abandonment) {
    this.sources = sources;
    this.abandonment = abandonment;
  }

  /// Finds the places of the spots.
  public static Places find(
      List<Source> sources, SortedSet<SourceOffset> spots, Abandonment abandonment) {
    var places = new Places(sources, abandonment);
    var bySource = new TreeMap<Integer, List<Long>>();
    for (SourceOffset spot : spots) {
      if (spot.offset() != SourceOffset.WHOLE) {
        bySource.computeIfAbsent(spot.source(), source -> new ArrayList<>()).add(spot.offset());
      }
    }
    bySource.forEach(places::find);
    return places;
  }

  /// The place of a spot that was asked for; the source as a whole if it cannot be read any more.
  public Place of(SourceOffset spot) {
    return found.getOrDefault(spot, Place.of(sources.get(spot.source()).name()));
  }

  private void find(int source, List<Long> offsets) {
    String name = sources.get(source).name();
    try (InputStream stored = abandonment.endingOf(sources.get(source).open());
        InputStream document = Source.document(stored)) {
      var counter = new LineCounter(document);
      for (long offset : offsets) {
        if (!counter.advance(offset)) {
          return;
        }
        found.put(new SourceOffset(source, offset), counter.place(name));
      }
    } catch (IOException e) {
      // Problems are shown with the places found so far. That the source cannot be read, or was
      // changed, is a problem of its own where it matters.
    }
  }
}
