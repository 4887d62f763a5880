package io.surfacescan.report.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes an answer as a comment: its lines as they are, in a block in which nothing is markup.
///
/// Code hosts refuse long comments, so only the first lines are shown.
final class MarkdownWriter {
  private static final int CHARS_MOST = 60_000;

  private MarkdownWriter() {}

  static void write(Document document, OutputStream out) throws IOException {
    var bytes = new ByteArrayOutputStream();
    TextWriter.write(document, bytes);
    out.write(comment(bytes.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
  }

  static String comment(String text) {
    String shown = text;
    String more = "";
    if (text.length() > CHARS_MOST) {
      int end = text.lastIndexOf('\n', CHARS_MOST) + 1;
      long left = text.substring(end).lines().count();
      shown = text.substring(0, end);
      more = "\nAnd " + left + (left == 1 ? " more line.\n" : " more lines.\n");
    }
    String fence = "```";
    while (shown.contains(fence)) {
      fence += "`";
    }
    return "### surfacescan: what this change does\n\n"
        + fence
        + "diff\n"
        + shown
        + fence
        + "\n"
        + more;
  }
}
