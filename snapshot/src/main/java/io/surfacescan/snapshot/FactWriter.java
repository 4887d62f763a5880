package io.surfacescan.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NamedPort;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.PortName;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes values, each as its code and its parts in the order of their declaration. What stands
/// twice, as a tier that many gates have, is written once, and is one value when it is read.
final class FactWriter {
  private byte[] bytes = new byte[1 << 10];
  private int used;

  /// The number of each value that was written, by identity; of texts by content.
  private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();

  private final Map<String, Integer> texts = new HashMap<>();
  private int count;

  static byte[] write(List<?> values) {
    var writer = new FactWriter();
    writer.number(values.size());
    values.forEach(writer::value);
    return Arrays.copyOf(writer.bytes, writer.used);
  }

  private void octet(int value) {
    if (used == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * used);
    }
    bytes[used++] = (byte) value;
  }

  /// Seven bits a byte, the lowest first.
  private void number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      octet((int) left | 0x80);
      left >>>= 7;
    }
    octet((int) left);
  }

  private void parts(int code, Object... parts) {
    octet(code);
    for (Object part : parts) {
      value(part);
    }
  }

  private void value(Object value) {
    switch (value) {
      case String text -> text(text);
      case Enum<?> one -> kind(one);
      case Optional<?> some -> {
        if (some.isPresent()) {
          parts(FactCodes.SOME, some.get());
        } else {
          octet(FactCodes.NOTHING);
        }
      }
      default -> {
        var known = numbers.get(value);
        if (known == null) {
          shared(value);
          numbers.put(value, count++);
        } else {
          octet(FactCodes.KNOWN);
          number(known);
        }
      }
    }
  }

  private void text(String text) {
    var known = texts.get(text);
    if (known != null) {
      octet(FactCodes.KNOWN);
      number(known);
      return;
    }
    boolean isLatin = text.chars().allMatch(letter -> letter < 256);
    octet(isLatin ? FactCodes.LATIN_TEXT : FactCodes.WIDE_TEXT);
    byte[] letters = isLatin ? text.getBytes(ISO_8859_1) : wide(text);
    number(letters.length);
    for (byte letter : letters) {
      octet(letter);
    }
    texts.put(text, count++);
  }

  /// Letter by letter: an encoder would replace halves of pairs.
  private static byte[] wide(String text) {
    byte[] letters = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      letters[2 * i] = (byte) (text.charAt(i) >>> 8);
      letters[2 * i + 1] = (byte) text.charAt(i);
    }
    return letters;
  }

  private void kind(Enum<?> one) {
    switch (one) {
      case ProblemKind kind -> parts(FactCodes.PROBLEM_KIND, kind.name());
      case VmKind kind -> parts(FactCodes.VM_KIND, kind.name());
      case Services.Protocol protocol -> parts(FactCodes.PROTOCOL, protocol.name());
      case Direction direction -> parts(FactCodes.DIRECTION, direction.name());
      case GateRule.Action action -> parts(FactCodes.ACTION, action.name());
      case Tier.Otherwise otherwise -> parts(FactCodes.OTHERWISE, otherwise.name());
      case InputFormat format -> parts(FactCodes.INPUT_FORMAT, format.name());
      default -> throw new IllegalArgumentException("no fact: " + one.getDeclaringClass());
    }
  }

  private void shared(Object value) {
    switch (value) {
      case List<?> list -> {
        octet(FactCodes.LIST);
        number(list.size());
        list.forEach(this::value);
      }
      case Map<?, ?> counts -> {
        octet(FactCodes.COUNTS);
        number(counts.size());
        counts.forEach((what, times) -> {
          value(what);
          number((Long) times);
        });
      }
      case Services services -> parts(FactCodes.SERVICES, services.texts());
      case Place(String file, int line, int column) -> {
        parts(FactCodes.PLACE, file);
        number(line);
        number(column);
      }
      case Origin(String id, String gate, Optional<Place> place, String text) ->
          parts(FactCodes.ORIGIN, id, gate, place, text);
      case Problem problem -> {
        parts(FactCodes.PROBLEM, problem.kind(), problem.place(), problem.what(), problem.remedy());
        number(problem.count());
        value(problem.more());
      }
      case VmDetails details ->
          parts(
              FactCodes.VM_DETAILS,
              details.kind(),
              details.scope(),
              details.labels(),
              details.addresses());
      case RuleDetails details ->
          parts(FactCodes.RULE_DETAILS, details.services(), details.assumed(), details.origins());
      case ImportedExport.Part part ->
          parts(
              FactCodes.EXPORT_PART,
              part.format(),
              part.scopes(),
              part.counts(),
              part.leftOut(),
              part.problems());
      default -> real(value);
    }
  }

  private void real(Object value) {
    switch (value) {
      case AddressRange range -> {
        octet(FactCodes.RANGE);
        octet(range.isV6() ? 1 : 0);
        number(range.firstHigh());
        number(range.firstLow());
        number(range.lastHigh());
        number(range.lastLow());
      }
      case Marks marks -> parts(FactCodes.MARKS, marks.texts());
      case NamedPort port -> {
        parts(FactCodes.NAMED_PORT, port.name(), port.protocol());
        number(port.port());
      }
      case NetworkInterface one ->
          parts(FactCodes.INTERFACE, one.marks(), one.address(), one.ports());
      case Endpoint endpoint ->
          parts(
              FactCodes.ENDPOINT,
              endpoint.id(),
              endpoint.name(),
              endpoint.kind(),
              endpoint.scope(),
              endpoint.labels(),
              endpoint.addresses(),
              endpoint.interfaces());
      case Outside outside ->
          parts(
              FactCodes.OUTSIDE,
              outside.id(),
              outside.name(),
              outside.scope(),
              outside.direction(),
              outside.marks(),
              outside.ranges());
      case PortName port -> parts(FactCodes.PORT_NAME, port.name(), port.protocol(), port.within());
      case GateRule rule ->
          parts(
              FactCodes.GATE_RULE,
              rule.id(),
              rule.place(),
              rule.action(),
              rule.targets(),
              rule.peers(),
              rule.services(),
              rule.portNames(),
              rule.text());
      case Tier.Subject subject ->
          parts(FactCodes.SUBJECT, subject.id(), subject.place(), subject.selector());
      case Tier tier ->
          parts(FactCodes.TIER, tier.name(), tier.subjects(), tier.rules(), tier.otherwise());
      case Gate gate -> {
        parts(
            FactCodes.GATE,
            gate.id(),
            gate.name(),
            gate.direction(),
            gate.guards(),
            gate.exempt(),
            gate.tiers());
        octet(gate.allowsOtherwise() ? 1 : 0);
      }
      case Link link ->
          parts(
              FactCodes.LINK,
              link.id(),
              link.name(),
              link.place(),
              link.sources(),
              link.destinations(),
              link.services());
      case Selector selector -> selector(selector);
      case Lowered.External external ->
          parts(FactCodes.EXTERNAL, external.outside(), external.ranges());
      default -> throw new IllegalArgumentException("no fact: " + value.getClass());
    }
  }

  private void selector(Selector selector) {
    switch (selector) {
      case Selector.Everyone() -> octet(FactCodes.EVERYONE);
      case Selector.Marked(String mark) -> parts(FactCodes.MARKED, mark);
      case Selector.Within(List<AddressRange> ranges) -> parts(FactCodes.WITHIN, ranges);
      case Selector.AllOf(List<Selector> all) -> parts(FactCodes.ALL_OF, all);
      case Selector.AnyOf(List<Selector> any) -> parts(FactCodes.ANY_OF, any);
      case Selector.Not(Selector other) -> parts(FactCodes.NOT, other);
      case Selector.Unknown(String why) -> parts(FactCodes.UNKNOWN, why);
    }
  }
}
