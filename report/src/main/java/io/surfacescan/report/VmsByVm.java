package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

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
public record VmsByVm(IdArena ids, Way way, List<Subject> subjects, List<VmSequence> lists)
    implements Document {
  /// @param argument as it was asked for
  private record Row(Subject subject, String argument, VmSequence list) {}

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

  private static String listed(Way way) {
    return switch (way) {
      case ATTACKERS -> "attackers";
      case VICTIMS -> "victims";
    };
  }

  @Override
  public Table<?> table() {
    var environment = environment();
    var id = new Columns<Integer>().text("vm_id", environment.vmIds(), Integer::intValue);
    String asked = way == Way.ATTACKERS ? "target_vm_id" : "source_vm_id";
    var columns =
        new Columns<Row>()
            .inJson(json ->
                json.only(VmsByVm::isVm, vm -> vm.vm(environment, VmsByVm::vm))
                    .only(row -> !isVm(row), group -> group.text("tag", VmsByVm::tag))
                    .bytes(listed(way), (row, out) -> writeIds(row.list, out)))
            .inCsv(csv ->
                csv.text(asked, Row::argument)
                    .eachOf(id, (row, each) -> row.list.forEach(each::accept)));
    return new Table<>(
        columns, rows -> IntStream.range(0, subjects.size()).forEach(i -> rows.accept(row(i))));
  }

  private static boolean isVm(Row row) {
    return row.subject instanceof Subject.One;
  }

  private static int vm(Row row) {
    return row.subject.members().vm(0);
  }

  private static String tag(Row row) {
    return ((Subject.Group) row.subject).tag();
  }

  private Row row(int i) {
    var subject = subjects.get(i);
    return switch (subject) {
      case Subject.One(int vm) -> new Row(subject, environment().vmId(vm), lists.get(i));
      case Subject.Group group -> new Row(subject, group.argument(), lists.get(i));
    };
  }

  /// The very bytes of [VmIds].
  private void writeIds(VmSequence list, OutputStream out) throws IOException {
    if (list instanceof VmSequence.InEngineOrder(var ignored, var ranks)) {
      VmIds.of(ids, ranks, Format.JSON).writeTo(out);
    } else {
      new SortedVmIds(environment(), list).write(out, Format.JSON);
    }
  }

  @Override
  public void text(TextLines lines) {
    for (int i = 0; i < subjects.size(); i++) {
      heading(lines, environment(), way, subjects.get(i), lists.get(i).size(), i == 0);
      lists.get(i).forEach(vm -> lines.text(environment().vmIds(), vm).end());
    }
  }

  /// The line above a list, with an empty one before it unless it is the first.
  static void heading(
      TextLines lines,
      Environment environment,
      Way way,
      Subject subject,
      int count,
      boolean first) {
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
