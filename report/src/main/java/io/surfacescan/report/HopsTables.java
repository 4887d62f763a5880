package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.format.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A [HopsTable] for each of several VMs or groups, below a heading as in [VmsByVm].
///
/// @param tables one for each subject
public record HopsTables(
    Environment environment, FirstHops.Way way, List<Subject> subjects, List<HopsTable> tables) {
  public HopsTables {
    subjects = List.copyOf(subjects);
    tables = List.copyOf(tables);
  }

  public void write(OutputStream out) throws IOException {
    for (int i = 0; i < subjects.size(); i++) {
      var heading = new TextLines(out);
      int count = tables.get(i).vms().size();
      VmsByVm.heading(heading, environment, way, subjects.get(i), count, i == 0);
      heading.flush();
      tables.get(i).write(out);
    }
  }
}
