package io.surfacescan.service.access;

import io.surfacescan.service.exchange.AccessScope;
import io.surfacescan.service.exchange.Caller;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.SecretFile;
import io.surfacescan.text.Sha256;
import io.surfacescan.text.TokenFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The API tokens that are taken, each known by its SHA-256 alone.
///
/// A file of them has a line for each, `NAME SCOPES sha256:HEX`, such as `surfacescan token`
/// prints; empty lines and those that begin with `#` say nothing. One round of a plain hash is
/// enough: stretching and salts protect passwords that people choose, and a token is 256 random
/// bits, which cannot be guessed.
final class Tokens {
  private static final int TOKENS_MOST = 1_000;
  private static final Pattern HASH = Pattern.compile("sha256:([0-9a-f]{64})");

  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Sha256::digest);

  static final Tokens NONE = new Tokens(List.of());

  private record Entry(int line, Caller holder, byte[] hash) {
    boolean isSame(Entry other) {
      return holder.equals(other.holder) && MessageDigest.isEqual(hash, other.hash);
    }
  }

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Reads a file of them.
  static Tokens read(Path file) throws FileRefused {
    return parse(file, new SecretFile(file).read("a file of tokens"));
  }

  /// @param file for the messages
  static Tokens parse(Path file, byte[] bytes) throws FileRefused {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(file.toString(), text);
    } catch (CharacterCodingException e) {
      throw new SecretFile(file).refused("it is not UTF-8; name a file of tokens");
    }
  }

  /// What stands in a line is never part of a message: it may be a token in the wrong place.
  private static Tokens parse(String file, String text) throws FileRefused {
    var entries = new ArrayList<Entry>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var entry = entry(file + ":" + number + ": ", number, line);
      checkNew(file + ":" + number + ": ", entries, entry);
      entries.add(entry);
      if (entries.size() > TOKENS_MOST) {
        throw new FileRefused(
            file + ": it has over " + TOKENS_MOST + " tokens; remove unused ones");
      }
    }
    return new Tokens(entries);
  }

  private static Entry entry(String place, int number, String line) throws FileRefused {
    if (line.contains(TokenFormat.PREFIX)) {
      throw new FileRefused(
          place
              + "a token itself stands here; take it out, consider it known to others, and write the"
              + " line that surfacescan token prints below a token");
    }
    String[] words = line.split("\\s+", -1);
    if (words.length != 3) {
      throw new FileRefused(
          place
              + "there are not three words; write NAME SCOPES sha256:HEX, as surfacescan token does");
    }
    if (!TokenFormat.NAME.matcher(words[0]).matches()) {
      throw new FileRefused(
          place + "the name is none; use up to 64 letters, digits, dots, dashes and underscores");
    }
    var hash = HASH.matcher(words[2]);
    if (!hash.matches()) {
      throw new FileRefused(
          place
              + "the third word is not sha256: and 64 hexadecimal digits; write the line that"
              + " surfacescan token prints");
    }
    var holder = new Caller(words[0], scopes(place, words[1]));
    return new Entry(number, holder, HexFormat.of().parseHex(hash.group(1)));
  }

  private static Set<AccessScope> scopes(String place, String words) throws FileRefused {
    var scopes = EnumSet.noneOf(AccessScope.class);
    for (String word : words.split(",", -1)) {
      var named =
          EnumSet.allOf(AccessScope.class).stream()
              .filter(scope -> scope.word().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new FileRefused(
                      place + "the second word is not a scope; write read, admin or read,admin"));
      scopes.add(named);
    }
    return scopes;
  }

  private static void checkNew(String place, List<Entry> before, Entry entry) throws FileRefused {
    for (var other : before) {
      if (other.holder.name().equals(entry.holder.name())) {
        throw new FileRefused(
            place + "line " + other.line + " has the same name; give each token one of its own");
      }
      if (MessageDigest.isEqual(other.hash, entry.hash)) {
        throw new FileRefused(place + "line " + other.line + " has the same token; take one out");
      }
    }
  }

  int count() {
    return entries.size();
  }

  /// Those who have a token here and none of that name there.
  List<String> namesWithout(Tokens other) {
    return entries.stream()
        .map(entry -> entry.holder.name())
        .filter(name -> other.named(name).isEmpty())
        .toList();
  }

  /// Those who had another token, or other scopes.
  List<String> namesChangedFrom(Tokens before) {
    return entries.stream()
        .filter(entry ->
            before.named(entry.holder.name()).filter(was -> !was.isSame(entry)).isPresent())
        .map(entry -> entry.holder.name())
        .toList();
  }

  private Optional<Entry> named(String name) {
    return entries.stream().filter(entry -> entry.holder.name().equals(name)).findFirst();
  }

  /// Whose token it is. Takes the same time whatever is given: it is compared with each to the end.
  @Nullable Caller holder(String token) {
    byte[] hash = hash(token);
    Caller found = null;
    for (var entry : entries) {
      if (MessageDigest.isEqual(entry.hash, hash)) {
        found = entry.holder;
      }
    }
    return found;
  }

  /// What a token is known by.
  static byte[] hash(String token) {
    return SHA_256.get().digest(token.getBytes(StandardCharsets.UTF_8));
  }
}
