package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Way;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// A [HopsTable] for each of several VMs or groups, below a heading as in [VmsByVm].
///
/// @param tables one for each subject
public record HopsTables(
    Environment environment, Way way, List<Subject> subjects, List<HopsTable> tables) {
  public HopsTables {
    subjects = List.copyOf(subjects);
    tables = List.copyOf(tables);
  }

  public void write(OutputStream out) throws IOException {
    var lines = new TextLines(out);
    try {
      for (int i = 0; i < subjects.size(); i++) {
        var table = tables.get(i);
        VmsByVm.heading(lines, environment, way, subjects.get(i), table.vms().size(), i == 0);
        table.write(lines);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    lines.flush();
  }
}
