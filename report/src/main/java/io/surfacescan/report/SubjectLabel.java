package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.VmLabel;
import io.surfacescan.text.TerminalText;

/// How text names what a question is about: a VM as [VmLabel] does, a group as `tag:office`.
public final class SubjectLabel {
  private SubjectLabel() {}

  /// The label as it is; who shows it escapes it.
  static String of(Environment environment, Subject subject) {
    return switch (subject) {
      case Subject.One(int vm) -> VmLabel.of(environment, vm);
      case Subject.Group group -> group.argument();
    };
  }

  /// The label inside a message, as [TerminalText] shows it.
  public static String plain(Environment environment, Subject subject) {
    return TerminalText.plain(of(environment, subject));
  }
}
