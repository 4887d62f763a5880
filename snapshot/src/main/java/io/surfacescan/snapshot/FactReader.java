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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads what [FactWriter] wrote. Bytes that it did not write may make it throw anything unchecked.
final class FactReader {
  private final byte[] bytes;
  private int at;

  /// The values that may be meant again, by number.
  private final List<Object> known = new ArrayList<>();

  private FactReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static <T> List<T> read(byte[] bytes, Class<T> type) {
    var reader = new FactReader(bytes);
    int size = reader.count();
    var values = new ArrayList<T>();
    for (int i = 0; i < size; i++) {
      values.add(type.cast(reader.value()));
    }
    return List.copyOf(values);
  }

  private int octet() {
    return bytes[at++] & 0xFF;
  }

  private long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = octet();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }

  private int count() {
    return Math.toIntExact(number());
  }

  private String text() {
    return (String) value();
  }

  private Services services() {
    return (Services) value();
  }

  private Selector selector() {
    return (Selector) value();
  }

  /// What is read here was written by [FactWriter], which took it from a typed place.
  @SuppressWarnings("unchecked")
  private <T> List<T> list() {
    return (List<T>) value();
  }

  /// As [#list].
  @SuppressWarnings("unchecked")
  private <T> Optional<T> some() {
    return (Optional<T>) value();
  }

  /// As [#list].
  @SuppressWarnings("unchecked")
  private <T> Map<T, Long> counts() {
    return (Map<T, Long>) value();
  }

  private Object value() {
    int code = octet();
    return switch (code) {
      case FactCodes.KNOWN -> known.get(count());
      case FactCodes.NOTHING -> Optional.empty();
      case FactCodes.SOME -> Optional.of(value());
      case FactCodes.PROBLEM_KIND -> ProblemKind.valueOf(text());
      case FactCodes.VM_KIND -> VmKind.valueOf(text());
      case FactCodes.PROTOCOL -> Services.Protocol.valueOf(text());
      case FactCodes.DIRECTION -> Direction.valueOf(text());
      case FactCodes.ACTION -> GateRule.Action.valueOf(text());
      case FactCodes.OTHERWISE -> Tier.Otherwise.valueOf(text());
      case FactCodes.INPUT_FORMAT -> InputFormat.valueOf(text());
      default -> {
        var value = shared(code);
        known.add(value);
        yield value;
      }
    };
  }

  // Arguments are evaluated from left to right, which is the order in which parts were written.
  private Object shared(int code) {
    return switch (code) {
      case FactCodes.LATIN_TEXT -> latin();
      case FactCodes.WIDE_TEXT -> wide();
      case FactCodes.LIST -> elements();
      case FactCodes.COUNTS -> entries();
      case FactCodes.SERVICES -> servicesOf(list());
      case FactCodes.PLACE -> new Place(text(), count(), count());
      case FactCodes.ORIGIN -> new Origin(text(), text(), some(), text());
      case FactCodes.PROBLEM ->
          new Problem((ProblemKind) value(), (Place) value(), text(), text(), number(), list());
      case FactCodes.VM_DETAILS -> new VmDetails((VmKind) value(), some(), list(), list());
      case FactCodes.RULE_DETAILS -> new RuleDetails(services(), some(), list());
      case FactCodes.EXPORT_PART ->
          new ImportedExport.Part(
              (InputFormat) value(),
              new TreeMap<>(this.<String>counts()),
              new TreeMap<>(this.<String>counts()),
              new TreeMap<>(this.<String>counts()),
              counts());
      default -> real(code);
    };
  }

  private Object real(int code) {
    return switch (code) {
      case FactCodes.RANGE ->
          new AddressRange(octet() == 1, number(), number(), number(), number());
      case FactCodes.MARKS -> Marks.of(this.<String>list());
      case FactCodes.NAMED_PORT -> new NamedPort(text(), (Services.Protocol) value(), count());
      case FactCodes.INTERFACE -> new NetworkInterface((Marks) value(), some(), list());
      case FactCodes.ENDPOINT ->
          new Endpoint(text(), some(), (VmKind) value(), some(), list(), list(), list());
      case FactCodes.OUTSIDE ->
          new Outside(text(), text(), some(), (Direction) value(), (Marks) value(), list());
      case FactCodes.PORT_NAME -> new PortName(text(), some(), services());
      case FactCodes.GATE_RULE ->
          new GateRule(
              text(),
              some(),
              (GateRule.Action) value(),
              selector(),
              selector(),
              services(),
              list(),
              text());
      case FactCodes.SUBJECT -> new Tier.Subject(text(), some(), selector());
      case FactCodes.TIER ->
          new Tier(text(), this.<Tier.Subject>list(), list(), (Tier.Otherwise) value());
      case FactCodes.GATE ->
          new Gate(
              text(), text(), (Direction) value(), selector(), selector(), list(), octet() == 1);
      case FactCodes.LINK -> new Link(text(), text(), some(), selector(), selector(), services());
      case FactCodes.EVERYONE -> new Selector.Everyone();
      case FactCodes.MARKED -> new Selector.Marked(text());
      case FactCodes.WITHIN -> new Selector.Within(list());
      case FactCodes.ALL_OF -> new Selector.AllOf(list());
      case FactCodes.ANY_OF -> new Selector.AnyOf(list());
      case FactCodes.NOT -> new Selector.Not(selector());
      case FactCodes.UNKNOWN -> new Selector.Unknown(text());
      case FactCodes.EXTERNAL -> new Lowered.External((Outside) value(), list());
      default -> throw new IllegalStateException("no code of a fact: " + code);
    };
  }

  private String latin() {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, ISO_8859_1);
  }

  private String wide() {
    int end = count() + at;
    var letters = new StringBuilder();
    while (at < end) {
      letters.append((char) (octet() << 8 | octet()));
    }
    return letters.toString();
  }

  private List<Object> elements() {
    int size = count();
    var elements = new ArrayList<Object>();
    for (int i = 0; i < size; i++) {
      elements.add(value());
    }
    return List.copyOf(elements);
  }

  private Map<Object, Long> entries() {
    int size = count();
    var entries = new TreeMap<Object, Long>();
    for (int i = 0; i < size; i++) {
      entries.put(value(), number());
    }
    return entries;
  }

  private static Services servicesOf(List<String> texts) {
    return Services.union(texts.stream().map(text -> Services.parse(text).orElseThrow()).toList());
  }
}
