package io.surfacescan.policy.reading;

import io.surfacescan.model.Place;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.reading.YamlValue.Mapping;
import io.surfacescan.policy.reading.YamlValue.Scalar;
import io.surfacescan.policy.reading.YamlValue.Sequence;
import io.surfacescan.text.TerminalText;
import io.surfacescan.text.TokenReader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

/// Reads one YAML document, or JSON, from the parser's events: no type is ever made of a tag.
/// Bounded in depth, and in what aliases stand for together.
final class YamlReader {
  /// The most bytes of a document.
  static final int BYTES_MOST = 16 << 20;

  private static final int DEPTH_MOST = 32;
  private static final int ALIASED_MOST = 100_000;

  /// More is no text that anyone reads.
  private static final int TOKEN_CHARS_MOST = 1 << 19;

  /// The parser copies what it has of a token whenever it reads on.
  private static final int BUFFER_CHARS = 1 << 16;

  private record Sized(YamlValue value, int size) {}

  private final String file;
  private final TokenReader bound;
  private final Iterator<Event> events;
  private final Map<Anchor, Sized> anchored = new HashMap<>();
  private final List<PolicyProblem> problems = new ArrayList<>();
  private int aliased;

  private YamlReader(String file, String text) {
    this.file = file;
    var settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(BYTES_MOST)
            .setBufferSize(BUFFER_CHARS)
            .build();
    bound = new TokenReader(new StringReader(text), TOKEN_CHARS_MOST);
    events = new Parse(settings).parseReader(bound).iterator();
  }

  /// Reads all of a document.
  ///
  /// @param file what names it in messages
  /// @throws PolicyRefused if it is no YAML, or holds more than one document
  static YamlValue read(String file, byte[] bytes) throws PolicyRefused {
    String text = text(file, bytes);
    try {
      var reader = new YamlReader(file, text);
      var value = reader.document();
      if (!reader.problems.isEmpty()) {
        throw new PolicyRefused(reader.problems);
      }
      return value;
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem() == null ? "" : ": " + TerminalText.plain(e.getProblem());
      throw refused(place(file, e.getProblemMark()), "this is no YAML" + problem, "correct it");
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof TokenReader.TooLong) {
        throw refused(
            Place.of(file),
            "a text in it has over " + TOKEN_CHARS_MOST + " characters",
            "shorten it");
      }
      throw refused(Place.of(file), "this is no YAML", "correct it");
    }
  }

  private static String text(String file, byte[] bytes) throws PolicyRefused {
    if (bytes.length > BYTES_MOST) {
      throw refused(
          Place.of(file), "the file has over " + (BYTES_MOST >> 20) + " MiB", "divide it");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw refused(Place.of(file), "the file is not UTF-8", "save it as UTF-8");
      }
      String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
      // JSON may be indented by tabs, YAML may not; a tab in a string of JSON is an error anyway.
      return plain.stripLeading().startsWith("{") ? plain.replace('\t', ' ') : plain;
    } catch (CharacterCodingException e) {
      throw refused(Place.of(file), "the file is not UTF-8", "save it as UTF-8");
    }
  }

  private static PolicyRefused refused(Place place, String what, String remedy) {
    return new PolicyRefused(List.of(new PolicyProblem(place, what, remedy)));
  }

  private static Place place(String file, Optional<Mark> mark) {
    return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
        .orElse(Place.of(file));
  }

  private Place place(Event event) {
    return place(file, event.getStartMark());
  }

  private YamlValue document() throws PolicyRefused {
    YamlValue read = new Scalar(Place.of(file), "", true);
    int documents = 0;
    while (events.hasNext()) {
      var event = nextOfAll();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, DocumentStart, Comment -> {}
        default -> {
          if (++documents > 1) {
            throw refused(place(event), "a second document starts here", "write one to a file");
          }
          read = value(event, 1).value;
        }
      }
    }
    return read;
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

  private Sized value(Event event, int depth) throws PolicyRefused {
    if (depth > DEPTH_MOST) {
      throw refused(
          place(event), "the document is nested deeper than " + DEPTH_MOST, "make it flatter");
    }
    var value =
        switch (event) {
          case AliasEvent alias -> alias(alias);
          case ScalarEvent scalar ->
              new Sized(new Scalar(place(event), scalar.getValue(), scalar.isPlain()), 1);
          default ->
              event.getEventId() == Event.ID.MappingStart
                  ? mapping(event, depth)
                  : sequence(event, depth);
        };
    if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
      named.getAnchor().ifPresent(anchor -> anchored.put(anchor, value));
    }
    return value;
  }

  private Sized alias(AliasEvent alias) throws PolicyRefused {
    var meant = anchored.get(alias.getAlias());
    if (meant == null) {
      throw refused(
          place(alias),
          "the alias *" + TerminalText.plain(alias.getAlias().toString()) + " stands for nothing",
          "name an anchor before it");
    }
    aliased = (int) Math.min(Integer.MAX_VALUE, (long) aliased + meant.size);
    if (aliased > ALIASED_MOST) {
      throw refused(
          place(alias), "aliases stand for more than " + ALIASED_MOST + " values", "use fewer");
    }
    return meant;
  }

  private Sized sequence(Event start, int depth) throws PolicyRefused {
    var elements = new ArrayList<YamlValue>();
    int size = 1;
    for (var each = next(); each.getEventId() != Event.ID.SequenceEnd; each = next()) {
      var value = value(each, depth + 1);
      elements.add(value.value);
      size = Math.min(size + value.size, ALIASED_MOST + 1);
    }
    return new Sized(new Sequence(place(start), elements), size);
  }

  private Sized mapping(Event start, int depth) throws PolicyRefused {
    var entries = new LinkedHashMap<String, YamlValue>();
    var keys = new HashMap<String, Place>();
    int size = 1;
    for (var key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      if (!(key instanceof ScalarEvent scalar)) {
        throw refused(place(key), "a key is no text", "write a word before the colon");
      }
      String name = scalar.getValue();
      var value = value(next(), depth + 1);
      if (entries.putIfAbsent(name, value.value) != null) {
        problems.add(
            new PolicyProblem(
                place(key),
                "the key " + TerminalText.quoted(name, 60) + " stands twice",
                "keep one of them"));
      }
      keys.putIfAbsent(name, place(key));
      size = Math.min(size + value.size, ALIASED_MOST + 1);
    }
    return new Sized(new Mapping(place(start), entries, keys), size);
  }
}
