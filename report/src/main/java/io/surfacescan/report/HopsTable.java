package io.surfacescan.report;

import io.surfacescan.engine.FoundByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// VMs for people at a terminal: the columns hops, name and id, aligned by code points.
///
/// @param found what gives the hops
/// @param vms the VMs to list, some of those found, in the order of the answer
public record HopsTable(Environment environment, FoundByHop found, VmSequence vms) {
  private static final String HOPS = "hops";
  private static final String NAME = "name";

  /// Writes a line of headings and a line per VM; nothing if there are no VMs.
  public void write(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    try {
      write(lines);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    lines.flush();
  }

  void write(TextLines lines) {
    if (vms.size() == 0) {
      return;
    }
    int[] width = {NAME.length()};
    vms.forEach(vm -> width[0] = Math.max(width[0], length(name(vm))));
    line(lines, HOPS, NAME, width[0], "id");
    vms.forEach(vm ->
        line(
            lines,
            Integer.toString(found.hops(vm)),
            name(vm),
            width[0],
            TerminalText.plain(environment.vmId(vm))));
  }

  private String name(int vm) {
    return environment.vmName(vm).map(TerminalText::plain).orElse("");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void line(TextLines lines, String hops, String name, int width, String id) {
    lines
        .right(hops, HOPS.length())
        .words("  ")
        .words(name)
        .words(" ".repeat(width - length(name) + 2))
        .words(id);
    lines.end();
  }
}
