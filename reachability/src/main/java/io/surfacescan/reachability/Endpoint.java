package io.surfacescan.reachability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.surfacescan.model.VmKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Something that attacks and is attacked, which becomes a VM of the environment. Immutable.
///
/// A model keeps all of them as long as its environment lives, so their texts are kept as bytes: a
/// third of what strings would take.
public final class Endpoint {
  /// In place of a length: there is no such text.
  private static final int NO_TEXT = 0xFF;

  /// In place of a length: four bytes have it.
  private static final int LONG_TEXT = 0xFE;

  /// The id, the name and the addresses: each as its length, in a byte, and UTF-8.
  private final byte[] texts;

  private final VmKind kind;
  private final Optional<String> scope;
  private final List<String> labels;
  private final List<NetworkInterface> interfaces;

  /// @param id what answers call it, each once
  /// @param scope the account and region, project or cluster it stands in
  /// @param labels what people told about it, as `key=value`; rules do not read them
  /// @param addresses all that it is known by, public ones too, as people write them
  /// @param interfaces at least one, or nothing reaches it
  public Endpoint(
      String id,
      Optional<String> name,
      VmKind kind,
      Optional<String> scope,
      List<String> labels,
      List<String> addresses,
      List<NetworkInterface> interfaces) {
    this(texts(id, name, addresses), kind, scope, labels, interfaces);
    if (kind.isExternal()) {
      throw new IllegalArgumentException("addresses outside are an Outside: " + id);
    }
  }

  private Endpoint(
      byte[] texts,
      VmKind kind,
      Optional<String> scope,
      List<String> labels,
      List<NetworkInterface> interfaces) {
    this.texts = texts;
    this.kind = kind;
    this.scope = scope;
    this.labels = List.copyOf(labels);
    this.interfaces = List.copyOf(interfaces);
  }

  /// An endpoint with one interface and nothing else known of it.
  public static Endpoint of(String id, VmKind kind, NetworkInterface only) {
    return new Endpoint(
        id, Optional.empty(), kind, Optional.empty(), List.of(), List.of(), List.of(only));
  }

  private static byte[] texts(String id, Optional<String> name, List<String> addresses) {
    var all = new ArrayList<byte[]>();
    all.add(id.getBytes(UTF_8));
    all.add(name.orElse("").getBytes(UTF_8));
    addresses.forEach(address -> all.add(address.getBytes(UTF_8)));
    int length = all.stream().mapToInt(text -> lengthBytes(text.length) + text.length).sum();
    var bytes = ByteBuffer.allocate(length);
    for (byte[] text : all) {
      if (text.length < LONG_TEXT) {
        bytes.put((byte) text.length);
      } else {
        bytes.put((byte) LONG_TEXT).putInt(text.length);
      }
      bytes.put(text);
    }
    if (name.isEmpty()) {
      bytes.put(lengthBytes(all.getFirst().length) + all.getFirst().length, (byte) NO_TEXT);
    }
    return bytes.array();
  }

  private static int lengthBytes(int length) {
    return length < LONG_TEXT ? 1 : 1 + Integer.BYTES;
  }

  /// How many bytes the text takes that starts at a byte; none if there is no text.
  private int length(int start) {
    int first = texts[start] & 0xFF;
    return first == NO_TEXT
        ? 0
        : first < LONG_TEXT ? first : ByteBuffer.wrap(texts).getInt(start + 1);
  }

  /// Where the text that starts at a byte has its first letter.
  private int letters(int start) {
    return start + ((texts[start] & 0xFF) == LONG_TEXT ? 1 + Integer.BYTES : 1);
  }

  private String text(int start) {
    return new String(texts, letters(start), length(start), UTF_8);
  }

  /// Where the text behind the one that starts at a byte starts.
  private int next(int start) {
    return letters(start) + length(start);
  }

  public String id() {
    return text(0);
  }

  public Optional<String> name() {
    int start = next(0);
    return (texts[start] & 0xFF) == NO_TEXT ? Optional.empty() : Optional.of(text(start));
  }

  public VmKind kind() {
    return kind;
  }

  public Optional<String> scope() {
    return scope;
  }

  public List<String> labels() {
    return labels;
  }

  public List<String> addresses() {
    var addresses = new ArrayList<String>();
    for (int start = next(next(0)); start < texts.length; start = next(start)) {
      addresses.add(text(start));
    }
    return addresses;
  }

  public List<NetworkInterface> interfaces() {
    return interfaces;
  }

  /// The same, with what others have too kept once.
  Endpoint sharing(SharedValues shared) {
    return new Endpoint(
        texts,
        kind,
        shared.one(scope),
        shared.one(labels),
        interfaces.stream().map(some -> some.sharing(shared)).toList());
  }
}
