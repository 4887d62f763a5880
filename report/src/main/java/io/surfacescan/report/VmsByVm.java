package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.VmSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The attack surfaces, or the blast radii, of several VMs or groups, in the order in which they
/// were asked for.
///
/// JSON is an array of `{"vm_id", "name", "attackers": […]}` (`victims` for blast radii), of a
/// group `{"tag", "attackers": […]}`; NDJSON is one of these objects a line. CSV has a row per VM
/// and attacker, so that a VM without attackers has none; a group stands there as `tag:NAME`. Text
/// has a heading per VM and an empty line between VMs.
///
/// @param subjects the VMs and groups asked about
/// @param lists for each of them, what is listed
public record VmsByVm(
    IdArena ids, FirstHops.Way way, List<Subject> subjects, List<VmSequence> lists)
    implements Document {
  public VmsByVm {
    subjects = List.copyOf(subjects);
    lists = List.copyOf(lists);
    if (subjects.size() != lists.size()) {
      throw new IllegalArgumentException(lists.size() + " lists for " + subjects.size() + " VMs");
    }
  }

  private Environment environment() {
    return ids.graph().environment();
  }

  private static String listed(FirstHops.Way way) {
    return switch (way) {
      case ATTACKERS -> "attackers";
      case VICTIMS -> "victims";
    };
  }

  @Override
  public void write(OutputStream out, Format format) throws IOException {
    switch (format) {
      case JSON -> writeJson(out);
      case NDJSON -> {
        for (int i = 0; i < subjects.size(); i++) {
          writeObject(out, i);
          out.write('\n');
        }
      }
      case CSV -> writeCsv(out);
      case TEXT -> writeText(out);
    }
  }

  private void writeJson(OutputStream out) throws IOException {
    out.write('[');
    for (int i = 0; i < subjects.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      writeObject(out, i);
    }
    out.write(']');
  }

  private void writeObject(OutputStream out, int i) throws IOException {
    out.write('{');
    switch (subjects.get(i)) {
      case Subject.One(int vm) -> {
        writeMember(out, "vm_id", Optional.of(environment().vmId(vm)));
        writeMember(out, "name", environment().vmName(vm));
      }
      case Subject.Group(String tag, var _) -> writeMember(out, "tag", Optional.of(tag));
    }
    out.write(("\"" + listed(way) + "\":").getBytes(StandardCharsets.UTF_8));
    writeIds(out, lists.get(i), Format.JSON);
    out.write('}');
  }

  /// The member and a comma.
  private static void writeMember(OutputStream out, String name, Optional<String> value)
      throws IOException {
    out.write(("\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
    Json.write(
        out,
        json -> {
          if (value.isPresent()) {
            json.writeString(value.get());
          } else {
            json.writeNull();
          }
        });
    out.write(',');
  }

  /// The very bytes of [VmIds].
  private void writeIds(OutputStream out, VmSequence list, Format format) throws IOException {
    if (list instanceof VmSequence.InEngineOrder(var _, var ranks)) {
      VmIds.of(ids, ranks, format).writeTo(out);
    } else {
      new SortedVmIds(environment(), list).write(out, format);
    }
  }

  private void writeCsv(OutputStream out) throws IOException {
    var texts = environment().vmIds();
    var rows = new TextLines(out);
    rows.field(way == FirstHops.Way.ATTACKERS ? "target_vm_id" : "source_vm_id");
    rows.field("vm_id").end();
    try {
      for (int i = 0; i < subjects.size(); i++) {
        String asked =
            switch (subjects.get(i)) {
              case Subject.One(int vm) -> environment().vmId(vm);
              case Subject.Group group -> group.argument();
            };
        lists.get(i).forEach(vm -> RowFormat.end(rows.field(asked).field(texts, vm)));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    rows.flush();
  }

  private void writeText(OutputStream out) throws IOException {
    for (int i = 0; i < subjects.size(); i++) {
      var heading = new TextLines(out);
      heading(heading, environment(), way, subjects.get(i), lists.get(i).size(), i == 0);
      heading.flush();
      writeIds(out, lists.get(i), Format.TEXT);
    }
  }

  /// The line above a list, with an empty one before it unless it is the first.
  static void heading(
      TextLines lines,
      Environment environment,
      FirstHops.Way way,
      Subject subject,
      int count,
      boolean first)
      throws IOException {
    if (!first) {
      lines.end();
    }
    String listed = listed(way);
    lines.text(SubjectLabel.of(environment, subject));
    lines.words(
        switch (count) {
          case 0 -> ": no " + listed;
          case 1 -> ": 1 " + listed.substring(0, listed.length() - 1);
          default -> ": " + count + " " + listed;
        });
    lines.end();
  }
}
