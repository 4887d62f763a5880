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
  private static final int NO_TEXT = -1;

  /// The id, the name and the addresses: each as its length, in four bytes, and UTF-8.
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
    var bytes =
        ByteBuffer.allocate(all.stream().mapToInt(text -> Integer.BYTES + text.length).sum());
    for (int i = 0; i < all.size(); i++) {
      bytes.putInt(i == 1 && name.isEmpty() ? NO_TEXT : all.get(i).length).put(all.get(i));
    }
    return bytes.array();
  }

  /// The text that starts at a byte; empty if there is none.
  private Optional<String> text(int start) {
    int length = ByteBuffer.wrap(texts).getInt(start);
    return length == NO_TEXT
        ? Optional.empty()
        : Optional.of(new String(texts, start + Integer.BYTES, length, UTF_8));
  }

  /// Where the text behind the one that starts at a byte starts.
  private int next(int start) {
    return start + Integer.BYTES + Math.max(0, ByteBuffer.wrap(texts).getInt(start));
  }

  public String id() {
    return text(0).orElseThrow();
  }

  public Optional<String> name() {
    return text(next(0));
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
      text(start).ifPresent(addresses::add);
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
