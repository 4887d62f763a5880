package io.surfacescan.importers;

import io.surfacescan.importers.json.LineCounter;
import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Place;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where the VMs and rules of an environment stand in its input: a VM at its id, a rule at the
/// start of its object.
///
/// Eight bytes for each, line and column, and nothing of the input: a place can be asked for when
/// the files are long gone.
public final class Locations {
  private final List<String> files;
  private final Column vms;
  private final Column rules;

  private Locations(List<String> files, Column vms, Column rules) {
    this.files = files;
    this.vms = vms;
    this.rules = rules;
  }

  void write(ColumnSink sink) {
    sink.values("locations", files);
    sink.longs("locations.vms", vms.places);
    sink.ints("locations.vms.first", vms.firstOfSource);
    sink.longs("locations.rules", rules.places);
    sink.ints("locations.rules.first", rules.firstOfSource);
  }

  /// The locations that were handed over, if any were.
  static Optional<Locations> read(ColumnSource source) {
    return source.has("locations")
        ? Optional.of(
            new Locations(
                source.values("locations", String.class),
                new Column(source.longs("locations.vms"), source.ints("locations.vms.first")),
                new Column(source.longs("locations.rules"), source.ints("locations.rules.first"))))
        : Optional.empty();
  }

  /// Says that a source cannot be read again.
  static final class Lost extends Exception {
    private static final long serialVersionUID = 1;

    private final int source;
    private final transient IOException why;

    Lost(int source, IOException why) {
      super(why);
      this.source = source;
      this.why = why;
    }

    int source() {
      return source;
    }

    IOException why() {
      return why;
    }
  }

  /// Finds lines and columns in one more pass over the sources.
  ///
  /// @param vms per VM, where its id stands; in the order of the input
  /// @param rules per rule, where it starts; in the order of the input
  static Locations find(
      List<Source> sources, OffsetColumn vms, OffsetColumn rules, Supervision supervision)
      throws Lost {
    var ofVms = new Search(vms, sources.size());
    var ofRules = new Search(rules, sources.size());
    for (int source = 0; source < sources.size(); source++) {
      ofVms.startSource(source);
      ofRules.startSource(source);
      if (!ofVms.isDone() || !ofRules.isDone()) {
        try (InputStream stored = supervision.again(sources.get(source).open());
            InputStream document = Source.document(stored)) {
          find(new LineCounter(document), ofVms, ofRules);
        } catch (IOException e) {
          throw new Lost(source, e);
        }
      }
    }
    return new Locations(
        sources.stream().map(Source::name).toList(), ofVms.found(), ofRules.found());
  }

  /// Both lists may stand before and behind each other, so they are searched for at once.
  private static void find(LineCounter counter, Search vms, Search rules) throws IOException {
    while (!vms.isDone() || !rules.isDone()) {
      boolean isVm = rules.isDone() || (!vms.isDone() && vms.offset() < rules.offset());
      (isVm ? vms : rules).takeFrom(counter);
    }
  }

  /// The place of a VM's id.
  public Place ofVm(int vm) {
    return place(vms, vm);
  }

  /// The place where a rule starts.
  public Place ofRule(int rule) {
    return place(rules, rule);
  }

  private Place place(Column column, int index) {
    long packed = column.places[index];
    return new Place(files.get(column.sourceOf(index)), (int) (packed >>> 32), (int) packed);
  }

  /// @param places per row, its line in the upper half and its column in the lower
  /// @param firstOfSource per source, its first row
  private record Column(long[] places, int[] firstOfSource) {
    int sourceOf(int index) {
      int source = Arrays.binarySearch(firstOfSource, index);
      if (source < 0) {
        return -source - 2;
      }
      // A source without rows starts where the next one does.
      while (source + 1 < firstOfSource.length && firstOfSource[source + 1] == index) {
        source++;
      }
      return source;
    }
  }

  /// Goes through the rows of one column, source by source.
  private static final class Search {
    private final OffsetColumn spots;
    private final long[] places;
    private final int[] firstOfSource;
    private int next;
    private int source;

    Search(OffsetColumn spots, int sources) {
      this.spots = spots;
      places = new long[spots.size()];
      firstOfSource = new int[sources];
    }

    void startSource(int number) {
      source = number;
      firstOfSource[number] = next;
    }

    /// Whether no more rows of the source are left.
    boolean isDone() {
      return next == places.length || spots.get(next).source() != source;
    }

    long offset() {
      return spots.get(next).offset();
    }

    void takeFrom(LineCounter counter) throws IOException {
      if (!counter.advance(offset())) {
        throw new EOFException();
      }
      places[next++] = (long) counter.line() << 32 | counter.column();
    }

    Column found() {
      return new Column(places, firstOfSource);
    }
  }
}
