package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.json.ByteOffsets;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.TokenReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML documents, one after the other, from the parser's events: no type is ever made of a
/// tag. Bounded in depth, and in what aliases stand for together.
final class YamlDocuments {
  private static final int DEPTH_MOST = 64;

  /// How many values all aliases of a file may stand for, each with all that it holds.
  private static final int ALIASED_MOST = 100_000;

  private static final int CODE_POINTS_MOST = Integer.MAX_VALUE;

  /// A cluster takes no resource so large.
  private static final int TOKEN_CHARS_MOST = 1 << 21;

  /// The parser copies what it has of a token whenever it reads on.
  private static final int BUFFER_CHARS = 1 << 17;

  /// What ends the reading of a file.
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<Mark> mark;
    private final ProblemKind kind;

    private Fault(Optional<Mark> mark, String what, ProblemKind kind) {
      super(what, null, false, false);
      this.mark = mark;
      this.kind = kind;
    }

    ProblemKind kind() {
      return kind;
    }

    Optional<Mark> mark() {
      return mark;
    }
  }

  /// Hears of a key that stands twice in one object.
  interface Repeated {
    void key(String key, long offset);
  }

  /// A value, and how many values it holds with itself.
  private record Sized(Node node, int size) {}

  private final Iterator<Event> events;
  private final TokenReader bound;
  private final ByteOffsets offsets;
  private final NodeSink sink;
  private final Repeated repeated;
  private final Map<Anchor, Sized> anchored = new HashMap<>();
  private int aliased;

  private YamlDocuments(Reader text, ByteOffsets offsets, NodeSink sink, Repeated repeated) {
    var settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(CODE_POINTS_MOST)
            .setBufferSize(BUFFER_CHARS)
            .build();
    bound = new TokenReader(text, TOKEN_CHARS_MOST);
    events = new Parse(settings).parseReader(bound).iterator();
    this.offsets = offsets;
    this.sink = sink;
    this.repeated = repeated;
  }

  /// Reads all documents.
  static void read(Reader text, ByteOffsets offsets, NodeSink sink, Repeated repeated)
      throws Fault {
    try {
      new YamlDocuments(text, offsets, sink, repeated).readAll();
    } catch (MarkedYamlEngineException e) {
      throw new Fault(e.getProblemMark(), words(e), ProblemKind.MALFORMED_YAML);
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof TokenReader.TooLong) {
        throw new Fault(
            Optional.empty(),
            "a text in the document is longer than " + TOKEN_CHARS_MOST + " characters",
            ProblemKind.TOO_LONG);
      }
      if (e.getCause() instanceof IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      throw new Fault(Optional.empty(), "the document is no YAML", ProblemKind.MALFORMED_YAML);
    }
  }

  private static String words(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    return problem == null || problem.isBlank()
        ? "the document is no YAML"
        : "the document is no YAML: " + problem;
  }

  private void readAll() throws Fault {
    while (events.hasNext()) {
      var event = nextOfAll();
      switch (event.getEventId()) {
        case DocumentStart -> anchored.clear();
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case SequenceStart -> {
          for (var each = next(); each.getEventId() != Event.ID.SequenceEnd; each = next()) {
            sink.document(value(each, "", 1).node);
          }
        }
        case MappingStart -> sink.document(object(event, "", true, 1).node);
        default -> sink.document(value(event, "", 1).node);
      }
    }
  }

  private Event nextOfAll() {
    bound.tokenEnded();
    return events.next();
  }

  /// The next event that is no comment.
  private Event next() {
    Event event;
    do {
      event = nextOfAll();
    } while (event.getEventId() == Event.ID.Comment);
    return event;
  }

  private long offset(Event event) {
    return event.getStartMark().map(mark -> offsets.ofCodePoint(mark.getIndex())).orElse(0L);
  }

  private Sized value(Event event, String key, int depth) throws Fault {
    if (depth > DEPTH_MOST) {
      throw new Fault(
          event.getStartMark(),
          "the document is nested deeper than " + DEPTH_MOST,
          ProblemKind.TOO_DEEP);
    }
    var value =
        switch (event) {
          case AliasEvent alias -> alias(alias);
          case ScalarEvent scalar -> new Sized(scalar(scalar), 1);
          default ->
              event.getEventId() == Event.ID.MappingStart
                  ? object(event, key, false, depth)
                  : list(event, key, depth);
        };
    if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
      named.getAnchor().ifPresent(anchor -> anchored.put(anchor, value));
    }
    return value;
  }

  private Sized alias(AliasEvent alias) throws Fault {
    var meant = anchored.get(alias.getAlias());
    if (meant == null) {
      throw new Fault(
          alias.getStartMark(),
          "the alias *" + alias.getAlias() + " stands for nothing",
          ProblemKind.MALFORMED_YAML);
    }
    aliased = (int) Math.min(Integer.MAX_VALUE, (long) aliased + meant.size);
    if (aliased > ALIASED_MOST) {
      throw new Fault(
          alias.getStartMark(),
          "aliases stand for more than " + ALIASED_MOST + " values",
          ProblemKind.TOO_DEEP);
    }
    return meant;
  }

  private Node scalar(ScalarEvent scalar) {
    String text = scalar.getValue();
    boolean isNothing =
        scalar.isPlain()
            && scalar.getTag().isEmpty()
            && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    return isNothing ? Node.NOTHING : Node.text(offset(scalar), text);
  }

  private Sized list(Event start, String key, int depth) throws Fault {
    var elements = new ArrayList<Node>();
    int size = 1;
    for (var each = next(); each.getEventId() != Event.ID.SequenceEnd; each = next()) {
      var value = value(each, key, depth + 1);
      elements.add(value.node);
      size = Math.min(size + value.size, ALIASED_MOST + 1);
    }
    return new Sized(Node.list(offset(start), List.copyOf(elements)), size);
  }

  private Sized object(Event start, String holder, boolean isTop, int depth) throws Fault {
    Map<String, Node> entries = new LinkedHashMap<>();
    int size = 1;
    for (var key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      if (!(key instanceof ScalarEvent scalar)) {
        throw new Fault(key.getStartMark(), "a key is no text", ProblemKind.MALFORMED_YAML);
      }
      String name = scalar.getValue();
      if (entries.containsKey(name)) {
        repeated.key(name, offset(key));
      }
      var event = next();
      if (isTop && name.equals("items") && event.getEventId() == Event.ID.SequenceStart) {
        for (var each = next(); each.getEventId() != Event.ID.SequenceEnd; each = next()) {
          sink.item(value(each, "", depth + 2).node);
        }
        entries.put(name, Node.list(offset(event), List.of()));
      } else {
        var value = value(event, name, depth + 1);
        entries.put(name, Skipped.is(name, holder) ? Node.NOTHING : value.node);
        size = Math.min(size + value.size, ALIASED_MOST + 1);
      }
    }
    merge(entries);
    return new Sized(Node.object(offset(start), entries), size);
  }

  /// The entries of `<<`, where the object has none of its own.
  private static void merge(Map<String, Node> entries) {
    var merged = entries.remove("<<");
    if (merged != null) {
      var parts = merged.isObject() ? List.of(merged) : merged.elements();
      parts.forEach(part -> part.entries().forEach(entries::putIfAbsent));
    }
  }
}
