package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A format that people's files have instead of JSON. It is looked for only in a document that was
/// refused, so that the refusal calls it by its name.
///
/// @param what its name, with an article where it takes one
public record ForeignFormat(String what, String remedy) {
  private static final int LOOKED_AT_BYTES = 1 << 12;

  /// What its first characters match, one for each byte.
  private record Sign(Pattern start, ForeignFormat format) {}

  private static final String UNPACK = "unpack it and name what it holds";

  private static final List<Sign> SIGNS =
      List.of(
          sign(
              "(?s)PK\\x03\\x04.{26}tf(plan|state)",
              "a plan that terraform plan -out saved",
              "write it as JSON: terraform show -json FILE > plan.json"),
          sign("PK(\\x03\\x04|\\x05\\x06)", "a zip archive", UNPACK),
          sign("BZh[1-9]", "compressed by bzip2", "unpack it, for example with bunzip2"),
          sign("\\x28\\xB5\\x2F\\xFD", "compressed by zstd", "unpack it, for example with unzstd"),
          sign("7z\\xBC\\xAF", "a 7z archive", UNPACK),
          sign(
              "(?i)\\s*(<!doctype html|<html|<head|<body)",
              "HTML",
              "fetch the data again: what was saved is a web page, such as a sign-in form"),
          sign("\\s*<[?!A-Za-z]", "XML", "export it as JSON"),
          sign(
              "(---|%YAML)\\s|(#[^\\n]*\\n)*(- )?[A-Za-z_][\\w.-]*:(\\s|$)",
              "YAML", "convert it to JSON, for example with yq -o json"),
          sign(
              "(\"[^\"\\n]*\"|[\\w .-]+)([,;\\t](\"[^\"\\n]*\"|[^\"{}\\[\\]:,;\\t\\n]*))+\\r?\\n",
              "CSV",
              "convert it to JSON: a list of objects, {\"vms\": [], \"fw_rules\": []}"));

  private static Sign sign(String start, String what, String remedy) {
    return new Sign(Pattern.compile(start), new ForeignFormat(what, remedy));
  }

  /// Finds the format of a document that is not JSON.
  public static Optional<ForeignFormat> of(InputStream document) throws IOException {
    byte[] bytes = document.readNBytes(LOOKED_AT_BYTES);
    var start = new String(bytes, StandardCharsets.ISO_8859_1);
    String text = start.startsWith("\u00EF\u00BB\u00BF") ? start.substring(3) : start;
    return SIGNS.stream()
        .filter(sign -> sign.start().matcher(text).lookingAt())
        .map(Sign::format)
        .findFirst();
  }
}
